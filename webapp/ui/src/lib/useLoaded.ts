import { useCallback, useEffect, useRef, useState } from 'react';
import { isAbort } from './http';

export interface Loaded<T> {
  data: T | undefined;
  error: unknown;
  reload(): void;
}

/**
 * Reads something for a page, again when the key changes or somebody asks. What is there stays on screen while it is
 * read again; answers to an earlier key are thrown away.
 */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, key: string): Loaded<T> {
  const [state, setState] = useState<{ key: string; data?: T; error?: unknown }>({ key });
  const latest = useRef(load);
  const running = useRef<AbortController>(undefined);
  useEffect(() => {
    latest.current = load;
  });

  const reload = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    latest.current(controller.signal).then(
      (data) => !controller.signal.aborted && setState({ key, data }),
      (error: unknown) => {
        if (!controller.signal.aborted && !isAbort(error)) {
          setState((before) => (before.key === key ? { ...before, error } : { key, error }));
        }
      },
    );
  }, [key]);

  useEffect(() => {
    reload();
    return () => running.current?.abort();
  }, [reload]);

  const isCurrent = state.key === key;
  return { data: isCurrent ? state.data : undefined, error: isCurrent ? state.error : undefined, reload };
}
