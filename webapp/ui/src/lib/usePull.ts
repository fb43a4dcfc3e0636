import { useCallback, useEffect, useRef } from 'react';
import { type Pace, useCoalesced } from './useCoalesced';

/**
 * Reads on demand, once at a time: calls that come while a reading is under way lead to one more after it.
 *
 * @param readAll reads what is new; it asks `isCurrent` between its steps, which is false once the component is gone
 * @param pace how calls that come close together are gathered
 */
export function usePull(readAll: (isCurrent: () => boolean) => Promise<void>, pace: Pace): () => void {
  const isReading = useRef(false);
  const isWanted = useRef(false);
  const isMounted = useRef(true);

  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);

  const read = useCallback(async () => {
    if (isReading.current) {
      isWanted.current = true;
      return;
    }
    const isCurrent = () => isMounted.current;
    isReading.current = true;
    do {
      isWanted.current = false;
      await readAll(isCurrent).catch(() => undefined);
    } while (isWanted.current && isMounted.current);
    isReading.current = false;
  }, [readAll]);

  return useCoalesced(read, pace);
}
