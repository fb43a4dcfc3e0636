import { useCallback, useEffect, useRef, useState } from 'react';
import { urlOf } from '../../lib/http';
import type { StreamState } from '../../lib/sse';
import { useCoalesced } from '../../lib/useCoalesced';
import { useStream } from '../../lib/useStream';
import type { RunEvent } from '../runs/api';
import { isFinal } from '../runs/status';
import { fetchRun, type RunDetail, runPath } from './api';
import type { LogLine } from './logLines';
import { useLogs } from './useLogs';

const READING = { soonMs: 60, pauseMs: 400 };
/** The last lines may arrive shortly after the end; then nothing can change any more, and the stream is closed. */
const AFTER_END_MS = 8000;

export interface RunState {
  run: RunDetail | undefined;
  error: unknown;
  lines: LogLine[];
  areLogsLoaded: boolean;
  stream: StreamState;
  isOver: boolean;
  reload(): void;
}

export function useRun(environmentId: string, runId: string, isPaused: boolean): RunState {
  const [run, setRun] = useState<RunDetail>();
  const [error, setError] = useState<unknown>();
  const isCurrent = useRef(true);
  const logs = useLogs(environmentId, runId);
  const isOver = run !== undefined && isFinal(run.status);

  const reload = useCallback(() => {
    fetchRun(environmentId, runId).then(
      (read) => {
        if (isCurrent.current) {
          setError(undefined);
          setRun((known) => (known && known.snapshotVersion > read.snapshotVersion ? known : read));
        }
      },
      (failure: unknown) => isCurrent.current && setError(failure),
    );
  }, [environmentId, runId]);

  useEffect(() => {
    isCurrent.current = true;
    reload();
    return () => {
      isCurrent.current = false;
    };
  }, [reload]);

  const reloadSoon = useCoalesced(reload, READING);
  const isDone = useLater(isOver, AFTER_END_MS);
  const stream = useStream(urlOf(`${runPath(environmentId, runId)}/events`), {
    names: ['run', 'log'],
    paused: isPaused || isDone,
    onEvent: (name, data) => {
      if (name === 'log') {
        logs.pull();
      } else if ((data as RunEvent).snapshotVersion > (run?.snapshotVersion ?? 0)) {
        reloadSoon();
      }
    },
    onReconnect: () => {
      reloadSoon();
      logs.pull();
    },
  });
  const pullLogs = logs.pull;
  useEffect(() => {
    if (!isPaused) {
      reloadSoon();
    }
    // Also at the end and once more after it: an event that was missed must not cost the last lines.
    pullLogs();
  }, [isPaused, isOver, isDone, reloadSoon, pullLogs]);

  return { run, error, lines: logs.lines, areLogsLoaded: logs.isLoaded, stream, isOver, reload };
}

function useLater(value: boolean, ms: number): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), value ? ms : 0);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later && value;
}
