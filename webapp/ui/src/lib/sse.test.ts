import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { delayBefore, openStream } from './sse';

/** Stands in for the browser's class: the test decides when it opens, speaks and breaks. */
class FakeEventSource {
  static readonly CLOSED = 2;
  static opened: FakeEventSource[] = [];

  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly listeners = new Map<string, (event: { data: string }) => void>();

  constructor(readonly url: string) {
    FakeEventSource.opened.push(this);
  }

  addEventListener(name: string, listener: (event: { data: string }) => void) {
    this.listeners.set(name, listener);
  }

  close() {
    this.readyState = FakeEventSource.CLOSED;
  }

  static get last(): FakeEventSource {
    return FakeEventSource.opened.at(-1)!;
  }
}

function open() {
  const seen: unknown[] = [];
  const close = openStream('/events', ['run'], {
    onEvent: (name, data) => seen.push([name, data]),
    onState: (state) => seen.push(state),
    onReconnect: () => seen.push('reconnect'),
    onRefused: () => seen.push('refused'),
  });
  return { seen, close };
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeEventSource.opened = [];
  vi.stubGlobal('EventSource', FakeEventSource);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('openStream', () => {
  it('passes events on and ignores what is not JSON', () => {
    const { seen } = open();
    FakeEventSource.last.onopen?.();
    FakeEventSource.last.listeners.get('run')?.({ data: '{"id":"run_1"}' });
    FakeEventSource.last.listeners.get('run')?.({ data: '<html>' });
    expect(seen).toEqual(['connecting', 'live', ['run', { id: 'run_1' }]]);
  });

  it('reconnects after a break and says that events were missed', () => {
    const { seen } = open();
    FakeEventSource.last.onopen?.();
    FakeEventSource.last.onerror?.();
    vi.advanceTimersByTime(1000);
    expect(FakeEventSource.opened).toHaveLength(2);
    FakeEventSource.last.onopen?.();
    expect(seen).toEqual(['connecting', 'live', 'stale', 'live', 'reconnect']);
  });

  it('takes a silent connection for dead, but not one that pings', () => {
    open();
    FakeEventSource.last.onopen?.();
    vi.advanceTimersByTime(30_000);
    FakeEventSource.last.listeners.get('ping')?.({ data: '{}' });
    vi.advanceTimersByTime(30_000);
    expect(FakeEventSource.opened).toHaveLength(1);
    vi.advanceTimersByTime(10_000);
    expect(FakeEventSource.opened).toHaveLength(2);
  });

  it('reports a refusal', () => {
    const { seen } = open();
    FakeEventSource.last.readyState = FakeEventSource.CLOSED;
    FakeEventSource.last.onerror?.();
    expect(seen).toContain('refused');
  });

  it('stays closed once closed', () => {
    const { close } = open();
    FakeEventSource.last.onerror?.();
    close();
    vi.advanceTimersByTime(60_000);
    expect(FakeEventSource.opened).toHaveLength(1);
  });
});

describe('delayBefore', () => {
  it('grows to a limit and is spread', () => {
    expect([0, 1, 2, 20].map((tries) => delayBefore(tries, () => 1))).toEqual([500, 1000, 2000, 15_000]);
    expect(delayBefore(20, () => 0)).toBe(7500);
  });
});
