import { useCallback, useRef, useState } from 'react';
import { usePull } from '../../lib/usePull';
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

  const readAll = useCallback(
    async (isCurrent: () => boolean) => {
      for (let hasMore = true; hasMore && isCurrent();) {
        const page = await fetchSpans(environmentId, runId, lastChange.current);
        latest.current = addSpans(latest.current, page.data);
        lastChange.current = page.data.at(-1)?.change ?? lastChange.current;
        hasMore = page.next !== undefined && page.data.length > 0;
      }
      if (isCurrent()) {
        setSpans(latest.current);
        setLoaded(true);
      }
    },
    [environmentId, runId],
  );

  const pull = usePull(readAll, READING);
  return { spans, isLoaded, pull };
}
