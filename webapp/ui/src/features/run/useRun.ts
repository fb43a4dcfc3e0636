import { useCallback, useEffect, useRef, useState } from 'react';
import { urlOf } from '../../lib/http';
import type { StreamState } from '../../lib/sse';
import { useCoalesced } from '../../lib/useCoalesced';
import { useStream } from '../../lib/useStream';
import type { RunEvent } from '../runs/api';
import { isFinal } from '../runs/status';
import { fetchRun, type RunDetail, runPath } from './api';
import type { LogLine } from './logLines';
import type { Span } from './spans';
import { useLogs } from './useLogs';
import { useSpans } from './useSpans';

const READING = { soonMs: 60, pauseMs: 400 };
/** The last lines may arrive shortly after the end; then nothing can change any more, and the stream is closed. */
const AFTER_END_MS = 8000;
const OTHERS_MS = 3000;

export interface RunState {
  run: RunDetail | undefined;
  error: unknown;
  lines: LogLine[];
  areLogsLoaded: boolean;
  spans: ReadonlyMap<string, Span>;
  areSpansLoaded: boolean;
  stream: StreamState;
  isOver: boolean;
  reload(): void;
}

export function useRun(environmentId: string, runId: string, isPaused: boolean): RunState {
  const [run, setRun] = useState<RunDetail>();
  const [error, setError] = useState<unknown>();
  const isCurrent = useRef(true);
  const logs = useLogs(environmentId, runId);
  const spans = useSpans(environmentId, runId);
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
    names: ['run', 'log', 'span'],
    paused: isPaused || isDone,
    onEvent: (name, data) => {
      if (name === 'log') {
        logs.pull();
      } else if (name === 'span') {
        spans.pull();
      } else if ((data as RunEvent).snapshotVersion > (run?.snapshotVersion ?? 0)) {
        reloadSoon();
      }
    },
    onReconnect: () => {
      reloadSoon();
      logs.pull();
      spans.pull();
    },
  });
  const pullLogs = logs.pull;
  const pullSpans = spans.pull;
  useEffect(() => {
    if (!isPaused) {
      reloadSoon();
    }
    // Also at the end and once more after it: an event that was missed must not cost the last lines.
    pullLogs();
    pullSpans();
  }, [isPaused, isOver, isDone, reloadSoon, pullLogs, pullSpans]);
  useRegularly(reload, !isPaused && !isOver && run !== undefined && dependsOnOthers(run), OTHERS_MS);

  return {
    run,
    error,
    lines: logs.lines,
    areLogsLoaded: logs.isLoaded,
    spans: spans.spans,
    areSpansLoaded: spans.isLoaded,
    stream,
    isOver,
    reload,
  };
}

/** What other runs do changes this page too, but its stream only tells of its own run. */
function dependsOnOthers(run: RunDetail): boolean {
  return run.waitingFor !== undefined || run.related.children.some((child) => !isFinal(child.status));
}

function useRegularly(action: () => void, isOn: boolean, everyMs: number): void {
  useEffect(() => {
    const timer = isOn ? setInterval(action, everyMs) : undefined;
    return () => clearInterval(timer);
  }, [action, isOn, everyMs]);
}

function useLater(value: boolean, ms: number): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), value ? ms : 0);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later && value;
}
