import { apiPath, environmentPath, getJson, postJson } from '../../lib/http';

export interface RecentPayload {
  id: string;
  status: string;
  createdAt: string;
  payload: string;
  payloadType: string;
}

export async function fetchPayloads(environmentId: string, task: string, signal?: AbortSignal): Promise<RecentPayload[]> {
  const path = environmentPath(environmentId, '/payloads');
  return (await getJson<{ data: RecentPayload[] }>(path, { task }, signal)).data;
}

export interface Trigger {
  payload?: unknown;
  options: Record<string, unknown>;
}

export function triggerTask(environmentId: string, task: string, trigger: Trigger): Promise<{ id: string }> {
  return postJson(apiPath(environmentId, `/v1/tasks/${encodeURIComponent(task)}/trigger`), trigger);
}
