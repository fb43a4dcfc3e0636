import { useEffect, useState } from 'react';
import { environmentPath, urlOf } from './http';
import type { StreamState } from './sse';
import { useCoalesced } from './useCoalesced';
import { useShortcuts } from './useShortcuts';
import { useStream } from './useStream';

const READING = { soonMs: 400, pauseMs: 2000 };

export interface Live {
  state: StreamState;
  isPaused: boolean;
  onToggle(): void;
}

/**
 * Reads a page's numbers again when runs of the environment change, and every few seconds for what no event tells.
 * Bursts become one reading; a person may hold the page still.
 */
export function useLive(environmentId: string, reload: () => void, everyMs = 15_000): Live {
  const [isPaused, setPaused] = useState(false);
  const reloadSoon = useCoalesced(reload, READING);
  const state = useStream(urlOf(environmentPath(environmentId, '/events')), {
    names: ['run'],
    paused: isPaused,
    onEvent: reloadSoon,
    onReconnect: reloadSoon,
  });
  useEffect(() => {
    if (isPaused) {
      return undefined;
    }
    const timer = setInterval(() => !document.hidden && reloadSoon(), everyMs);
    return () => clearInterval(timer);
  }, [isPaused, reloadSoon, everyMs]);
  const onToggle = () => {
    setPaused(!isPaused);
    if (isPaused) {
      reloadSoon();
    }
  };
  useShortcuts({ p: onToggle });
  return { state, isPaused, onToggle };
}
