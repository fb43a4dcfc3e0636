import { apiPath, deleteJson, getJson, postJson, putJson } from '../../lib/http';

export interface ScheduleItem {
  id: string;
  type: 'DECLARATIVE' | 'IMPERATIVE';
  task: string;
  active: boolean;
  deduplicationKey?: string;
  externalId?: string;
  generator: { expression: string; description: string };
  timezone: string;
  window?: string;
  nextRun?: string;
}

export interface ScheduleList {
  data: ScheduleItem[];
  pagination: { currentPage: number; totalPages: number; count: number };
}

export interface ScheduleDraft {
  task: string;
  cron: string;
  timezone: string;
  externalId?: string;
  deduplicationKey?: string;
}

export interface Times {
  description: string;
  next: string[];
}

export function fetchSchedules(environmentId: string, page: number, signal?: AbortSignal): Promise<ScheduleList> {
  return getJson(apiPath(environmentId, '/v1/schedules'), { page, perPage: 100 }, signal);
}

export function saveSchedule(environmentId: string, id: string | undefined, draft: ScheduleDraft): Promise<ScheduleItem> {
  return id === undefined
    ? postJson(apiPath(environmentId, '/v1/schedules'), draft)
    : putJson(schedulePath(environmentId, id), draft);
}

export function switchSchedule(environmentId: string, id: string, isActive: boolean): Promise<ScheduleItem> {
  return postJson(`${schedulePath(environmentId, id)}/${isActive ? 'activate' : 'deactivate'}`);
}

export function deleteSchedule(environmentId: string, id: string): Promise<unknown> {
  return deleteJson(schedulePath(environmentId, id));
}

export function fetchTimes(cron: string, timezone: string, signal?: AbortSignal): Promise<Times> {
  return getJson('/schedule-times', { cron, timezone }, signal);
}

function schedulePath(environmentId: string, id: string): string {
  return apiPath(environmentId, `/v1/schedules/${encodeURIComponent(id)}`);
}
