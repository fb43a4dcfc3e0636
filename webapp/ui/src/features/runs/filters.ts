import { ALL_STATUSES, isRunStatus, type RunStatus } from './status';

/** Filters of one value each, under the names that addresses have; the server knows what they mean. */
export const MORE_FILTERS = [
  'tag',
  'queue',
  'version',
  'machine',
  'isTest',
  'period',
  'from',
  'to',
  'batch',
  'schedule',
  'bulkAction',
  'error',
] as const;

export type MoreFilter = (typeof MORE_FILTERS)[number];

export interface RunFilters {
  statuses: RunStatus[];
  task: string;
  /** Absent where there are none. */
  more?: Partial<Record<MoreFilter, string>>;
}

export const NO_FILTERS: RunFilters = { statuses: [], task: '' };

/** Reads the filters of an address; what it does not understand is left out, since links outlive versions. */
export function parseFilters(search: URLSearchParams): RunFilters {
  const named = new Set(
    search
      .getAll('status')
      .flatMap((value) => value.split(','))
      .map((name) => name.trim().toUpperCase())
      .filter(isRunStatus),
  );
  return {
    statuses: ALL_STATUSES.filter((status) => named.has(status)),
    task: (search.get('task') ?? '').trim(),
    ...moreOf((name) => search.get(name)?.trim()),
  };
}

function moreOf(read: (name: MoreFilter) => string | undefined): Pick<RunFilters, 'more'> {
  const found = MORE_FILTERS.flatMap((name) => {
    const value = read(name);
    return value ? [[name, value] as const] : [];
  });
  return found.length === 0 ? {} : { more: Object.fromEntries(found) };
}

/** Sets one of the further filters; an empty value takes it out. */
export function withMore(filters: RunFilters, name: MoreFilter, value: string): RunFilters {
  const { more, ...rest } = filters;
  return { ...rest, ...moreOf((one) => (one === name ? value.trim() : more?.[one])) };
}

/** Writes the filters into a copy of an address's search and keeps all else that stands there. */
export function writeFilters(search: URLSearchParams, filters: RunFilters): URLSearchParams {
  const written = new URLSearchParams(search);
  put(written, 'status', filters.statuses.length === ALL_STATUSES.length ? '' : filters.statuses.join(','));
  put(written, 'task', filters.task.trim());
  for (const name of MORE_FILTERS) {
    put(written, name, filters.more?.[name] ?? '');
  }
  return written;
}

function put(search: URLSearchParams, name: string, value: string): void {
  if (value === '') {
    search.delete(name);
  } else {
    search.set(name, value);
  }
}

export function hasFilters(filters: RunFilters): boolean {
  return filters.statuses.length > 0 || filters.task !== '' || filters.more !== undefined;
}

/**
 * Whether a change may concern the list. Of the further filters an event says nothing; the server is asked then, and
 * its answer decides.
 */
export function matches(filters: RunFilters, run: { status: string; taskId: string }): boolean {
  const { statuses, task } = filters;
  return (statuses.length === 0 || statuses.some((one) => one === run.status)) && (task === '' || task === run.taskId);
}

export function isSameSet(left: RunStatus[], right: RunStatus[]): boolean {
  return left.length === right.length && left.every((status) => right.includes(status));
}

/** The same filters as the body of a bulk action. Without a time it is about all runs, as the list is. */
export function asBulkFilter({ statuses, task, more = {} }: RunFilters): Record<string, unknown> {
  const { queue, isTest, ...texts } = more;
  const hasTime = ['period', 'from', 'to'].some((name) => name in more);
  return {
    ...(statuses.length === 0 ? {} : { status: statuses }),
    ...(task === '' ? {} : { taskIdentifier: task }),
    ...texts,
    ...(queue === undefined ? {} : { queue: queueOf(queue) }),
    ...(isTest === undefined ? {} : { isTest: isTest === 'true' }),
    ...(hasTime ? {} : { from: '0' }),
  };
}

const TASK_PREFIX = 'task/';

function queueOf(name: string): { type: string; name: string } {
  return name.startsWith(TASK_PREFIX)
    ? { type: 'task', name: name.slice(TASK_PREFIX.length) }
    : { type: 'custom', name };
}
