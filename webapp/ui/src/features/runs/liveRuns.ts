import type { RunEvent, RunItem, RunPage } from './api';
import { matches, type RunFilters } from './filters';

/**
 * The part of an environment's runs that is on screen, newest first and without gaps. Answers and events arrive in any
 * order; the version of a run decides which of two is newer.
 */
export interface LiveRuns {
  items: RunItem[];
  /** Cursor of the page after the last item; undefined where the list is complete. */
  next: string | undefined;
  /** Runs above the first item that are known but not shown, because the person looks further down. */
  newer: number;
}

export const NO_RUNS: LiveRuns = { items: [], next: undefined, newer: 0 };

/** What must be read from the server after an event. */
export type Need = 'nothing' | 'row' | 'page';

/**
 * Negative where the first one is newer. Runs of one millisecond are equal here: only the server knows their order, so
 * sorting must keep the order in which it sent them.
 */
function byNewest(one: { createdAt: string }, other: { createdAt: string }): number {
  return Date.parse(other.createdAt) - Date.parse(one.createdAt);
}

export function fromPage(page: RunPage): LiveRuns {
  return { items: [...page.data].sort(byNewest), next: page.next, newer: 0 };
}

/** Adds the page that follows the last item. */
export function append(runs: LiveRuns, page: RunPage): LiveRuns {
  const known = new Set(runs.items.map((item) => item.id));
  const added = page.data.filter((item) => !known.has(item.id));
  return { ...runs, items: [...runs.items, ...added].sort(byNewest), next: page.next };
}

/**
 * Merges the newest page, read again. It speaks for its whole range: an item in the range that it lacks no longer
 * matches the filters. With `isHeld`, runs above the first item are only counted, so that nothing moves under the eye.
 */
export function mergeNewest(runs: LiveRuns, page: RunPage, isHeld: boolean): LiveRuns {
  const [top] = runs.items;
  const end = page.next === undefined ? undefined : page.data.at(-1);
  const read = new Set(page.data.map((item) => item.id));
  const leavesGap = top !== undefined && end !== undefined && byNewest(end, top) <= 0 && !read.has(top.id);
  if (top === undefined || (leavesGap && !isHeld)) {
    return fromPage(page);
  }
  if (leavesGap) {
    return { ...runs, newer: page.data.length };
  }
  const known = new Map(runs.items.map((item) => [item.id, item]));
  const above = page.data.filter((item) => !known.has(item.id) && byNewest(item, top) <= 0);
  const hidden = isHeld ? new Set(above.map((item) => item.id)) : new Set<string>();
  const fresh = page.data.filter((item) => !hidden.has(item.id)).map((item) => newerOf(known.get(item.id), item));
  const below = end === undefined ? [] : runs.items.filter((item) => byNewest(end, item) <= 0 && !read.has(item.id));
  return {
    items: [...fresh, ...below].sort(byNewest),
    next: below.length > 0 ? runs.next : page.next,
    newer: hidden.size,
  };
}

function newerOf(known: RunItem | undefined, read: RunItem): RunItem {
  return known !== undefined && known.snapshotVersion > read.snapshotVersion ? known : read;
}

/** Replaces one item by a newer reading of it, or takes it out where it no longer matches. */
export function replace(runs: LiveRuns, read: RunItem, filters: RunFilters): LiveRuns {
  const items = runs.items
    .map((item) => (item.id === read.id ? newerOf(item, read) : item))
    .filter((item) => item.id !== read.id || matches(filters, item));
  return { ...runs, items };
}

export function applyEvent(runs: LiveRuns, event: RunEvent, filters: RunFilters): { runs: LiveRuns; need: Need } {
  const known = runs.items.find((item) => item.id === event.id);
  if (known === undefined) {
    return { runs, need: matches(filters, event) && isInRange(runs, event) ? 'page' : 'nothing' };
  }
  if (event.snapshotVersion <= known.snapshotVersion) {
    return { runs, need: 'nothing' };
  }
  const patched = { ...known, status: event.status, snapshotVersion: event.snapshotVersion };
  return { runs: replace(runs, patched, filters), need: matches(filters, patched) ? 'row' : 'nothing' };
}

/** A run below the last item is found by scrolling; it need not be read now. */
function isInRange(runs: LiveRuns, event: RunEvent): boolean {
  const bottom = runs.items.at(-1);
  return bottom === undefined || runs.next === undefined || byNewest(event, bottom) <= 0;
}
