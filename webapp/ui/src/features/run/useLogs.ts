import { useCallback, useEffect, useRef, useState } from 'react';
import { useCoalesced } from '../../lib/useCoalesced';
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
      const page = await fetchLogs(environmentId, runId, latest.current.at(-1)?.seq);
      latest.current = addLines(latest.current, page.data);
      hasMore = page.next !== undefined && page.data.length > 0;
      if (isCurrent.current) {
        setLines(latest.current);
        setLoaded(true);
      }
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
  return { lines, isLoaded, pull };
}
