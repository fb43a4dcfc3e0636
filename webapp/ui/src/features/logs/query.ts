import { LEVELS, type LogLevel } from '../run/logLines';
import type { FoundLine, LogQuery } from './api';

export interface LogFilters {
  text: string;
  level: LogLevel;
  task: string;
  run: string;
  hours: number;
}

export const PERIODS = [
  { hours: 1, label: 'Last hour' },
  { hours: 24, label: 'Last day' },
  { hours: 24 * 7, label: 'Last 7 days' },
  { hours: 24 * 30, label: 'Last 30 days' },
];

const USUAL_HOURS = 24;

/** Reads the filters of an address; what it does not understand is left out, since links outlive versions. */
export function parseFilters(search: URLSearchParams): LogFilters {
  const level = LEVELS.find((one) => one === search.get('level')) ?? 'TRACE';
  const hours = PERIODS.find((period) => String(period.hours) === search.get('hours'))?.hours ?? USUAL_HOURS;
  const text = (name: string) => (search.get(name) ?? '').trim();
  return { text: text('text'), level, task: text('task'), run: text('run'), hours };
}

/** Writes the filters into an address; what is usual is left out. */
export function writeFilters(filters: LogFilters): URLSearchParams {
  const search = new URLSearchParams();
  const put = (name: string, value: string, usual = '') => value !== usual && search.set(name, value);
  put('text', filters.text.trim());
  put('level', filters.level, 'TRACE');
  put('task', filters.task.trim());
  put('run', filters.run.trim());
  put('hours', String(filters.hours), String(USUAL_HOURS));
  return search;
}

export function isFiltered(filters: LogFilters): boolean {
  return filters.text !== '' || filters.level !== 'TRACE' || filters.task !== '' || filters.run !== '';
}

export function queryOf(filters: LogFilters, now: number): LogQuery {
  return {
    text: filters.text,
    level: filters.level === 'TRACE' ? '' : filters.level,
    task: filters.task,
    run: filters.run,
    from: new Date(now - filters.hours * 3_600_000).toISOString(),
  };
}

export function keyOf(line: FoundLine): string {
  return `${line.runId}/${line.seq}`;
}

/** Puts the newest lines before those that are shown; a gap between both means that what is shown is too old. */
export function mergeNewest(shown: FoundLine[], newest: FoundLine[]): FoundLine[] {
  const known = new Set(shown.map(keyOf));
  const fresh = newest.filter((line) => !known.has(keyOf(line)));
  if (fresh.length === 0) {
    return shown;
  }
  return fresh.length === newest.length && shown.length > 0 ? newest : [...fresh, ...shown];
}
