import { ApiError } from '../../lib/problem';
import { apiPath, environmentPath, getJson, postJson } from '../../lib/http';
import type { TaskItem } from '../tasks/api';

export interface Deployment {
  id: string;
  createdAt: string;
  shortCode: string;
  version: string;
  runtime: string | null;
  runtimeVersion: string | null;
  status: string;
  deployedAt?: string;
}

export interface DeploymentList {
  data: Deployment[];
  next: string | undefined;
  /** Which one runs without a pinned version get. */
  currentId: string | undefined;
}

export async function fetchDeployments(
  environmentId: string,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<DeploymentList> {
  const [list, current] = await Promise.all([
    getJson<{ data: Deployment[]; pagination: { next?: string } }>(
      apiPath(environmentId, '/v1/deployments'),
      { 'page[after]': cursor, 'page[size]': 25 },
      signal,
    ),
    getJson<{ id: string }>(apiPath(environmentId, '/v1/deployments/current'), {}, signal).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) {
        return undefined;
      }
      throw error;
    }),
  ]);
  return { data: list.data, next: list.pagination.next, currentId: current?.id };
}

/** Also goes back to an older version: whoever asks has been asked. */
export function promote(environmentId: string, version: string): Promise<unknown> {
  const path = `/v1/deployments/${encodeURIComponent(version)}/promote?allowRollbacks=true`;
  return postJson(apiPath(environmentId, path));
}

export async function fetchTasksOf(environmentId: string, id: string, signal?: AbortSignal): Promise<TaskItem[]> {
  const path = environmentPath(environmentId, `/deployments/${encodeURIComponent(id)}/tasks`);
  return (await getJson<{ data: TaskItem[] }>(path, {}, signal)).data;
}

export interface DeploymentLog {
  image?: string;
  failure?: string;
  steps: { at?: string; sentence: string }[];
}

export function fetchLogOf(environmentId: string, id: string, signal?: AbortSignal): Promise<DeploymentLog> {
  return getJson(environmentPath(environmentId, `/deployments/${encodeURIComponent(id)}/log`), {}, signal);
}

/** Negative where the first version is older: their parts are numbers. */
export function compareVersions(one: string, other: string): number {
  const left = one.split('.').map(Number);
  const right = other.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
