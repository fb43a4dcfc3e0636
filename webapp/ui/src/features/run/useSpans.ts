import { useCallback, useEffect, useRef, useState } from 'react';
import { useCoalesced } from '../../lib/useCoalesced';
import { fetchSpans } from './api';
import { addSpans, type Span } from './spans';

const READING = { soonMs: 60, pauseMs: 500 };

export interface Spans {
  spans: ReadonlyMap<string, Span>;
  isLoaded: boolean;
  /** Reads what changed since the last reading. */
  pull(): void;
}

export function useSpans(environmentId: string, runId: string): Spans {
  const [spans, setSpans] = useState<ReadonlyMap<string, Span>>(new Map());
  const [isLoaded, setLoaded] = useState(false);
  const latest = useRef<ReadonlyMap<string, Span>>(spans);
  const lastChange = useRef(0);
  const isReading = useRef(false);
  const isWanted = useRef(false);
  const isCurrent = useRef(true);

  useEffect(() => {
    isCurrent.current = true;
    return () => {
      isCurrent.current = false;
    };
  }, []);

  const readAll = useCallback(async () => {
    for (let hasMore = true; hasMore && isCurrent.current;) {
      const page = await fetchSpans(environmentId, runId, lastChange.current);
      latest.current = addSpans(latest.current, page.data);
      lastChange.current = page.data.at(-1)?.change ?? lastChange.current;
      hasMore = page.next !== undefined && page.data.length > 0;
    }
    if (isCurrent.current) {
      setSpans(latest.current);
      setLoaded(true);
    }
  }, [environmentId, runId]);

  const read = useCallback(async () => {
    if (isReading.current) {
      isWanted.current = true;
      return;
    }
    isReading.current = true;
    do {
      isWanted.current = false;
      await readAll().catch(() => undefined);
    } while (isWanted.current && isCurrent.current);
    isReading.current = false;
  }, [readAll]);

  const pull = useCoalesced(read, READING);
  return { spans, isLoaded, pull };
}
