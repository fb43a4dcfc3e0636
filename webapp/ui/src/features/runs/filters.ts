import { ALL_STATUSES, isRunStatus, type RunStatus } from './status';

export interface RunFilters {
  statuses: RunStatus[];
  task: string;
}

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
  };
}

/** Writes the filters into a copy of an address's search and keeps all else that stands there. */
export function writeFilters(search: URLSearchParams, filters: RunFilters): URLSearchParams {
  const written = new URLSearchParams(search);
  put(written, 'status', filters.statuses.length === ALL_STATUSES.length ? '' : filters.statuses.join(','));
  put(written, 'task', filters.task.trim());
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
  return filters.statuses.length > 0 || filters.task !== '';
}

export function matches(filters: RunFilters, run: { status: string; taskId: string }): boolean {
  const { statuses, task } = filters;
  return (statuses.length === 0 || statuses.some((one) => one === run.status)) && (task === '' || task === run.taskId);
}

export function isSameSet(left: RunStatus[], right: RunStatus[]): boolean {
  return left.length === right.length && left.every((status) => right.includes(status));
}
