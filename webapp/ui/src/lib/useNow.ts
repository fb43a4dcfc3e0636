import { useSyncExternalStore } from 'react';

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) {
      each();
    }
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function subscribeToNothing(): () => void {
  return () => undefined;
}

/** The time, once a second, from one clock for the whole page: all relative times turn over together. */
export function useNow(isTicking = true): number {
  return useSyncExternalStore(isTicking ? subscribe : subscribeToNothing, () => now);
}
