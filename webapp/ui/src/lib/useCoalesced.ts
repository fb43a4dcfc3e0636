import { useCallback, useEffect, useRef } from 'react';

export interface Pace {
  /** From the first wish to the call, so that a burst becomes one. */
  soonMs: number;
  /** At least this lies between two calls. */
  pauseMs: number;
}

/** Turns bursts of wishes into few calls; the last wish is always served. */
export function useCoalesced(action: () => unknown, { soonMs, pauseMs }: Pace): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const lastAt = useRef(0);
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return useCallback(() => {
    timer.current ??= setTimeout(
      () => {
        timer.current = undefined;
        lastAt.current = Date.now();
        latest.current();
      },
      Math.max(soonMs, lastAt.current + pauseMs - Date.now()),
    );
  }, [soonMs, pauseMs]);
}
