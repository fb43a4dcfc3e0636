export type StreamState = 'connecting' | 'live' | 'stale';

/** The server pings every 15 s; two missed pings mean that the connection is dead although nobody closed it. */
const SILENCE_MS = 35_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;

export interface StreamHandlers {
  /** One parsed event; `ping` is not passed on. */
  onEvent(name: string, data: unknown): void;
  onState(state: StreamState): void;
  /** After every connection but the first: events were missed meanwhile, so read again. */
  onReconnect(): void;
  /** The server refused the stream, for example because the session ended. */
  onRefused(): void;
}

/** Wait before the n-th try, with jitter so that many pages do not return in one instant. */
export function delayBefore(tries: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(tries, 10));
  return Math.round(full / 2 + (full / 2) * random());
}

/**
 * Keeps an event stream open until the returned function is called. EventSource reconnects by itself, but says neither
 * when a connection is dead nor when the server refused, and gives up after an error status; hence this loop.
 */
export function openStream(url: string, names: string[], handlers: StreamHandlers): () => void {
  let source: EventSource | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let wasOpen = false;

  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(again, SILENCE_MS);
  };

  function again() {
    const refused = source?.readyState === EventSource.CLOSED;
    source?.close();
    clearTimeout(silence);
    clearTimeout(retry);
    handlers.onState(wasOpen ? 'stale' : 'connecting');
    if (refused) {
      handlers.onRefused();
    }
    retry = setTimeout(connect, delayBefore(tries));
    tries += 1;
  }

  function connect() {
    const opened = new EventSource(url, { withCredentials: true });
    source = opened;
    opened.onopen = () => {
      tries = 0;
      heard();
      handlers.onState('live');
      if (wasOpen) {
        handlers.onReconnect();
      }
      wasOpen = true;
    };
    opened.onerror = again;
    opened.addEventListener('ping', heard);
    for (const name of names) {
      opened.addEventListener(name, (event) => {
        heard();
        const data = parse((event as MessageEvent<string>).data);
        if (data !== undefined) {
          handlers.onEvent(name, data);
        }
      });
    }
    heard();
  }

  handlers.onState('connecting');
  connect();
  return () => {
    clearTimeout(silence);
    clearTimeout(retry);
    source?.close();
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
