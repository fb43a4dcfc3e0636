import { useCallback, useEffect, useRef, useState } from 'react';
import { useToast } from '../ui/Toast';
import { sentenceOf } from './problem';

export interface Action<A extends unknown[]> {
  isBusy: boolean;
  /** What went wrong last; a dialog shows it where the person looks. */
  error: string | undefined;
  run(...args: A): void;
}

interface Options<T> {
  /** Said when it worked. */
  done?: string | ((result: T) => string);
  onDone?(result: T): void;
  /** Says failures in the corner; a form says them itself. */
  isQuiet?: boolean;
}

/** Something a person does: once at a time, with its outcome told. */
export function useAction<T, A extends unknown[]>(act: (...args: A) => Promise<T>, options: Options<T> = {}): Action<A> {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const toast = useToast();
  const latest = useRef({ act, options });
  const isRunning = useRef(false);
  useEffect(() => {
    latest.current = { act, options };
  });
  const run = useCallback(
    (...args: A) => {
      if (isRunning.current) {
        return;
      }
      isRunning.current = true;
      setBusy(true);
      setError(undefined);
      latest.current
        .act(...args)
        .then(
          (result) => {
            const { done, onDone } = latest.current.options;
            if (done !== undefined) {
              toast(typeof done === 'string' ? done : done(result));
            }
            onDone?.(result);
          },
          (failure: unknown) => {
            setError(sentenceOf(failure));
            if (!latest.current.options.isQuiet) {
              toast(sentenceOf(failure), 'error');
            }
          },
        )
        .finally(() => {
          isRunning.current = false;
          setBusy(false);
        });
    },
    [toast],
  );
  return { isBusy, error, run };
}
