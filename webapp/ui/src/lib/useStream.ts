import { useEffect, useRef, useState } from 'react';
import { getJson } from './http';
import { openStream, type StreamState } from './sse';

interface Options {
  names: string[];
  paused?: boolean;
  onEvent(name: string, data: unknown): void;
  onReconnect(): void;
}

/** Ties an event stream to the life of a component; handlers may change with every render. */
export function useStream(url: string, options: Options): StreamState {
  const [state, setState] = useState<StreamState>('connecting');
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const names = options.names.join(',');
  const isAsleep = useAsleep();
  const isOff = (options.paused ?? false) || isAsleep;
  const wasAsleep = useRef(false);

  useEffect(() => {
    if (isOff) {
      wasAsleep.current = isAsleep;
      return undefined;
    }
    if (wasAsleep.current) {
      wasAsleep.current = false;
      latest.current.onReconnect();
    }
    return openStream(url, names.split(','), {
      onEvent: (name, data) => latest.current.onEvent(name, data),
      onState: setState,
      onReconnect: () => latest.current.onReconnect(),
      // A session that ended answers 401 here, and the shell then shows the way back in.
      onRefused: () => void getJson('/session').catch(() => undefined),
    });
  }, [url, names, isOff, isAsleep]);

  return state;
}

const ASLEEP_AFTER_MS = 30_000;

/**
 * Whether the tab has been out of sight for a while. Browsers allow six connections to a server over HTTP/1.1, and a
 * stream holds one: tabs that nobody looks at would starve the one in front.
 */
function useAsleep(): boolean {
  const [isAsleep, setAsleep] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onChange = () => {
      clearTimeout(timer);
      if (document.hidden) {
        timer = setTimeout(() => setAsleep(true), ASLEEP_AFTER_MS);
      } else {
        setAsleep(false);
      }
    };
    onChange();
    document.addEventListener('visibilitychange', onChange);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onChange);
    };
  }, []);
  return isAsleep;
}
