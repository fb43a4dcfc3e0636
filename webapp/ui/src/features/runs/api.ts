import { getJson } from '../../lib/http';
import type { MoreFilter } from './filters';

export interface RunItem {
  id: string;
  taskId: string;
  status: string;
  queue: string;
  version?: string;
  machine?: string;
  attempt: number;
  tags: string[];
  isTest: boolean;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  durationMs?: number;
  snapshotVersion: number;
}

export interface RunPage {
  data: RunItem[];
  next?: string;
  previous?: string;
}

/** What an event stream tells about a run that changed. */
export interface RunEvent {
  id: string;
  status: string;
  snapshotVersion: number;
  taskId: string;
  createdAt: string;
}

export interface RunQuery extends Partial<Record<MoreFilter, string>> {
  cursor?: string | undefined;
  size?: number;
  status?: string;
  task?: string;
}

export function runsPath(environmentId: string): string {
  return `/environments/${encodeURIComponent(environmentId)}/runs`;
}

export function fetchRuns(environmentId: string, query: RunQuery, signal?: AbortSignal): Promise<RunPage> {
  return getJson<RunPage>(runsPath(environmentId), { ...query }, signal);
}

export function fetchRunItem(environmentId: string, runId: string): Promise<RunItem> {
  return getJson<RunItem>(`${runsPath(environmentId)}/${encodeURIComponent(runId)}`);
}
