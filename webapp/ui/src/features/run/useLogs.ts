import { useCallback, useRef, useState } from 'react';
import { usePull } from '../../lib/usePull';
import { fetchLogs } from './api';
import { addLines, type LogLine } from './logLines';

const READING = { soonMs: 40, pauseMs: 250 };

export interface Logs {
  lines: LogLine[];
  isLoaded: boolean;
  /** Reads what came since the last reading. */
  pull(): void;
}

export function useLogs(environmentId: string, runId: string): Logs {
  const [lines, setLines] = useState<LogLine[]>([]);
  const [isLoaded, setLoaded] = useState(false);
  const latest = useRef<LogLine[]>([]);

  const readAll = useCallback(
    async (isCurrent: () => boolean) => {
      for (let hasMore = true; hasMore && isCurrent();) {
        const page = await fetchLogs(environmentId, runId, latest.current.at(-1)?.seq);
        latest.current = addLines(latest.current, page.data);
        hasMore = page.next !== undefined && page.data.length > 0;
        if (isCurrent()) {
          setLines(latest.current);
          setLoaded(true);
        }
      }
    },
    [environmentId, runId],
  );

  const pull = usePull(readAll, READING);
  return { lines, isLoaded, pull };
}
