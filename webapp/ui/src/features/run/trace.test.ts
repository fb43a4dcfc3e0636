import { describe, expect, it } from 'vitest';
import type { LogLine } from './logLines';
import type { Span } from './spans';
import { addSpans } from './spans';
import { barOf, buildTrace, closable, EVERYTHING, rowsOf, ticksOf, type TraceNode, wholeWindow } from './trace';

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
const ZERO = Date.UTC(2026, 0, 1);

const run = (changes: object = {}) => ({
  taskId: 'task',
  status: 'COMPLETED',
  createdAt: at(0),
  startedAt: at(100),
  finishedAt: at(1000),
  attempts: [{ number: 1, status: 'COMPLETED', startedAt: at(200), finishedAt: at(1000) }],
  waits: [],
  related: { children: [] },
  ...changes,
});

const span = (id: string, changes: Partial<Span> = {}): Span => ({
  id,
  kind: 'SPAN',
  name: id,
  startedAt: at(300),
  endedAt: at(400),
  status: 'UNSET',
  attempt: 1,
  change: 1,
  ...changes,
});

const line = (seq: number, changes: Partial<LogLine> = {}): LogLine => ({
  seq,
  at: at(350),
  level: 'INFO',
  stream: 'logger',
  message: `line ${seq}`,
  attempt: 1,
  ...changes,
});

const outline = (node: TraceNode): unknown =>
  node.children.length === 0 ? node.name : { [node.name]: node.children.map(outline) };

describe('buildTrace', () => {
  it('nests spans, lines and children in the attempt', () => {
    const child = { id: 'run_c', taskId: 'child', status: 'COMPLETED', isAwaited: true, createdAt: at(380) };
    const trace = buildTrace(
      run({ related: { children: [{ ...child, finishedAt: at(390) }] } }),
      [span('outer'), span('inner', { parentId: 'outer', startedAt: at(310) })],
      [line(1, { spanId: 'inner' }), line(2)],
    );
    expect(outline(trace)).toEqual({
      task: ['Queued', { 'Attempt 1': [{ outer: [{ inner: ['line 1'] }] }, 'line 2', 'child'] }],
    });
  });

  it('shows the start of an attempt beside it', () => {
    const attempts = [{ number: 1, status: 'COMPLETED', takenAt: at(100), startedAt: at(200), finishedAt: at(1000) }];
    const spansOf = (trace: TraceNode) => trace.children.map(({ name, start, end }) => [name, start - ZERO, (end ?? ZERO) - ZERO]);
    expect(spansOf(buildTrace(run({ attempts }), [], []))).toEqual([
      ['Queued', 0, 100],
      ['Starting', 100, 200],
      ['Attempt 1', 200, 1000],
    ]);
    const { finishedAt: _, ...begun } = run({ attempts: [], status: 'DEQUEUED' });
    expect(spansOf(buildTrace(begun, [], []))).toEqual([
      ['Queued', 0, 100],
      ['Starting', 100, 0],
    ]);
  });

  it('places a child under the span that triggered it', () => {
    const children = [{ id: 'run_c', taskId: 'child', status: 'FAILED', isAwaited: false, createdAt: at(320) }];
    const trace = buildTrace(run({ related: { children } }), [span('t', { attributes: { 'run.id': 'run_c' } })], []);
    expect(outline(trace)).toEqual({ task: ['Queued', { 'Attempt 1': [{ t: ['child'] }] }] });
  });

  it('loses nothing to parents that are missing, circular or endless', () => {
    const chain = Array.from({ length: 500 }, (_, i) => span(`s${i}`, { parentId: `s${i - 1}` }));
    const circle = [span('a', { parentId: 'b' }), span('b', { parentId: 'a' }), span('c', { parentId: 'c' })];
    const trace = buildTrace(run(), [...chain, ...circle, span('lost', { parentId: 'nowhere' })], []);
    expect(rowsOf(trace, new Set(), EVERYTHING)).toHaveLength(3 + 504);
  });

  it('files repeated attempts by time, and ends spans with their attempt', () => {
    const attempts = [
      { number: 1, status: 'FAILED', startedAt: at(100), finishedAt: at(200) },
      { number: 1, status: 'COMPLETED', startedAt: at(300), finishedAt: at(400) },
    ];
    const { endedAt: _, ...open } = span('first', { startedAt: at(150) });
    const trace = buildTrace(run({ attempts }), [open, span('second', { startedAt: at(350) })], []);
    expect(trace.children[1]?.children.map(({ name, end }) => [name, end])).toEqual([['first', ZERO + 200]]);
    expect(trace.children[2]?.children.map(({ name }) => name)).toEqual(['second']);
  });

  it('shows a wait once', () => {
    const waits = [
      { attempt: 1, startedAt: at(500), finishedAt: at(600) },
      { attempt: 1, startedAt: at(700), finishedAt: at(800) },
    ];
    const named = span('Wait for 10s', { kind: 'WAIT', startedAt: at(499), endedAt: at(601) });
    const trace = buildTrace(run({ waits }), [named], []);
    expect(trace.children[1]?.children.map(({ name }) => name)).toEqual(['Wait for 10s', 'Wait']);
  });
});

describe('rowsOf', () => {
  const trace = buildTrace(
    run(),
    [span('read'), span('write', { status: 'ERROR', startedAt: at(500) })],
    [line(1, { spanId: 'write', level: 'ERROR', message: 'disk full' })],
  );
  const names = (closed: Iterable<string>, filter = EVERYTHING) =>
    rowsOf(trace, new Set(closed), filter).map(({ node }) => node.name);

  it('leaves out what is below a closed row', () => {
    expect(names(['attempt-0'])).toEqual(['task', 'Queued', 'Attempt 1']);
    expect(names(closable(trace))).toEqual(['task']);
  });

  it('keeps what matches and all above it, closed or not', () => {
    expect(names(['attempt-0'], { ...EVERYTHING, search: 'DISK' })).toEqual(['task', 'Attempt 1', 'write', 'disk full']);
    expect(names([], { ...EVERYTHING, errorsOnly: true })).toEqual(['task', 'Attempt 1', 'write', 'disk full']);
    expect(names([], { ...EVERYTHING, withLogs: false })).not.toContain('disk full');
  });
});

describe('the timeline', () => {
  it('clips bars to its window', () => {
    const trace = buildTrace(run(), [span('s', { startedAt: at(400), endedAt: at(600) })], []);
    const bar = trace.children[1]!.children[0]!;
    expect(barOf(bar, { from: ZERO, to: ZERO + 1000 }, 0)).toEqual({ left: 0.4, width: expect.closeTo(0.2, 5) });
    expect(barOf(bar, { from: ZERO + 500, to: ZERO + 1000 }, 0)).toEqual({ left: 0, width: expect.closeTo(0.2, 5) });
    expect(barOf(bar, { from: ZERO + 700, to: ZERO + 1000 }, 0)).toBeUndefined();
  });

  it('reaches to a part that ends after the run', () => {
    const trace = buildTrace(run(), [], [line(1, { at: at(1500) })]);
    expect(wholeWindow(trace, 0)).toEqual({ from: ZERO, to: ZERO + 1500 });
  });

  it('has round ticks', () => {
    expect(ticksOf({ from: ZERO, to: ZERO + 1000 }, ZERO)).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(ticksOf({ from: ZERO + 300, to: ZERO + 340 }, ZERO)).toEqual([300, 310, 320, 330, 340]);
  });
});

describe('addSpans', () => {
  it('keeps the newest state of each span, whatever comes last', () => {
    const known = addSpans(new Map(), [span('a', { change: 2, name: 'new' })]);
    expect(addSpans(known, [span('a', { change: 1, name: 'old' })]).get('a')?.name).toBe('new');
    expect(addSpans(known, [span('a', { change: 3, name: 'newer' })]).get('a')?.name).toBe('newer');
    expect(addSpans(known, [])).toBe(known);
  });
});
