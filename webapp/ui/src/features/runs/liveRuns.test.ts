import { describe, expect, it } from 'vitest';
import type { RunItem, RunPage } from './api';
import { append, applyEvent, fromPage, mergeNewest, NO_RUNS, replace } from './liveRuns';

const ALL = { statuses: [], task: '' };

function run(second: number, changes: Partial<RunItem> = {}): RunItem {
  return {
    id: `run_${String(second).padStart(4, '0')}`,
    taskId: 'hello-world',
    status: 'QUEUED',
    queue: 'task/hello-world',
    attempt: 0,
    tags: [],
    isTest: false,
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
    snapshotVersion: 1,
    ...changes,
  };
}

const page = (seconds: number[], next?: string): RunPage => ({
  data: seconds.map((second) => run(second)),
  ...(next === undefined ? {} : { next }),
});

const secondsOf = (runs: { items: RunItem[] }) => runs.items.map((item) => Number(item.id.slice(4)));

const eventOf = (item: RunItem) => ({
  id: item.id,
  status: item.status,
  snapshotVersion: item.snapshotVersion,
  taskId: item.taskId,
  createdAt: item.createdAt,
});

describe('applyEvent', () => {
  const runs = fromPage(page([5, 4, 3], 'c3'));

  it('shows a newer status at once and asks for the rest of the row', () => {
    const outcome = applyEvent(runs, eventOf(run(4, { status: 'EXECUTING', snapshotVersion: 3 })), ALL);
    expect(outcome.need).toBe('row');
    expect(outcome.runs.items[1]).toMatchObject({ status: 'EXECUTING', snapshotVersion: 3 });
  });

  it('ignores an event that is not newer', () => {
    const outcome = applyEvent(runs, eventOf(run(4, { status: 'EXECUTING', snapshotVersion: 1 })), ALL);
    expect(outcome).toEqual({ runs, need: 'nothing' });
  });

  it('takes a run out that no longer matches the filters', () => {
    const queuedOnly = { statuses: ['QUEUED' as const], task: '' };
    const outcome = applyEvent(runs, eventOf(run(4, { status: 'EXECUTING', snapshotVersion: 2 })), queuedOnly);
    expect(secondsOf(outcome.runs)).toEqual([5, 3]);
    expect(outcome.need).toBe('nothing');
  });

  it('asks for the page when a new run appears, but not for one below the last item', () => {
    expect(applyEvent(runs, eventOf(run(6)), ALL).need).toBe('page');
    expect(applyEvent(runs, eventOf(run(1)), ALL).need).toBe('nothing');
    expect(applyEvent(fromPage(page([5, 4, 3])), eventOf(run(1)), ALL).need).toBe('page');
    expect(applyEvent(NO_RUNS, eventOf(run(1)), ALL).need).toBe('page');
  });

  it('does not ask for runs of other tasks', () => {
    const other = { statuses: [], task: 'other' };
    expect(applyEvent(NO_RUNS, eventOf(run(1)), other).need).toBe('nothing');
  });
});

describe('mergeNewest', () => {
  it('puts new runs on top and keeps the pages below', () => {
    const runs = append(fromPage(page([5, 4], 'c4')), page([3, 2], 'c2'));
    const merged = mergeNewest(runs, page([6, 5], 'c5'), false);
    expect(secondsOf(merged)).toEqual([6, 5, 4, 3, 2]);
    expect(merged.next).toBe('c2');
  });

  it('drops what the page should have but has not', () => {
    const runs = fromPage(page([5, 4, 3, 2], 'c2'));
    expect(secondsOf(mergeNewest(runs, page([5, 3], 'c3'), false))).toEqual([5, 3, 2]);
    expect(secondsOf(mergeNewest(runs, page([5]), false))).toEqual([5]);
  });

  it('keeps an item whose event overtook the answer', () => {
    const runs = replace(fromPage(page([5])), run(5, { status: 'COMPLETED', snapshotVersion: 9 }), ALL);
    expect(mergeNewest(runs, page([5]), false).items[0]).toMatchObject({ status: 'COMPLETED', snapshotVersion: 9 });
  });

  it('starts again where so many runs came that a gap would be left', () => {
    const runs = fromPage(page([5, 4], 'c4'));
    const merged = mergeNewest(runs, page([20, 19], 'c19'), false);
    expect(secondsOf(merged)).toEqual([20, 19]);
    expect(merged.next).toBe('c19');
  });

  it('only counts new runs while the person looks further down', () => {
    const runs = fromPage(page([5, 4], 'c4'));
    const held = mergeNewest(runs, page([7, 6, 5], 'c5'), true);
    expect(secondsOf(held)).toEqual([5, 4]);
    expect(held.newer).toBe(2);
    const gap = mergeNewest(runs, page([20, 19], 'c19'), true);
    expect(secondsOf(gap)).toEqual([5, 4]);
    expect(gap.newer).toBe(2);
  });

  it('takes the page into an empty list even while held', () => {
    expect(secondsOf(mergeNewest(NO_RUNS, page([2, 1]), true))).toEqual([2, 1]);
  });
});

describe('append', () => {
  it('does not show a run twice that two pages hold', () => {
    const runs = append(fromPage(page([5, 4], 'c4')), page([4, 3]));
    expect(secondsOf(runs)).toEqual([5, 4, 3]);
    expect(runs.next).toBeUndefined();
  });

  it('keeps the order of the server for runs of one instant', () => {
    const twins = [run(1, { id: 'run_a' }), run(1, { id: 'run_b' })];
    expect(fromPage({ data: twins }).items.map((item) => item.id)).toEqual(['run_a', 'run_b']);
  });
});

describe('runs of one instant', () => {
  const burst = (...names: string[]) => names.map((name) => run(1, { id: `run_${name}` }));
  const names = (runs: { items: RunItem[] }) => runs.items.map((item) => item.id.slice(4)).join('');

  it('are neither doubled nor dropped at the end of the page', () => {
    const runs = fromPage({ data: burst('c', 'a', 'b', 'd') });
    expect(names(mergeNewest(runs, { data: burst('c', 'a'), next: 'run_a' }, false))).toBe('cabd');
  });

  it('leave no gap where more of them came than a page holds', () => {
    const runs = fromPage({ data: burst('a'), next: 'run_a' });
    expect(names(mergeNewest(runs, { data: burst('z', 'y'), next: 'run_y' }, false))).toBe('zy');
  });

  it('are held like all others', () => {
    const held = mergeNewest(fromPage({ data: burst('a') }), { data: burst('b', 'a') }, true);
    expect([names(held), held.newer]).toEqual(['a', 1]);
  });
});
