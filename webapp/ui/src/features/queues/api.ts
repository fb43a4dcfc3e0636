import { apiPath, deleteJson, environmentPath, getJson, postJson, putJson } from '../../lib/http';

export interface QueueItem {
  id: string;
  /** Without the prefix of a task's own queue. */
  name: string;
  type: 'task' | 'custom';
  running: number;
  queued: number;
  paused: boolean;
  concurrencyLimit: number | null;
  concurrency: { current: number | null; base: number | null; override: number | null };
}

export interface QueueKey {
  concurrencyKey: string;
  queued: number;
  running: number;
}

export interface QueueList {
  data: QueueItem[];
  pagination: { currentPage: number; totalPages: number; count: number };
}

export function fullName(queue: QueueItem): string {
  return queue.type === 'task' ? `task/${queue.name}` : queue.name;
}

export function fetchQueues(environmentId: string, page: number, signal?: AbortSignal): Promise<QueueList> {
  return getJson(apiPath(environmentId, '/v1/queues'), { page, perPage: 100 }, signal);
}

export async function fetchKeys(environmentId: string, queue: QueueItem, signal?: AbortSignal): Promise<QueueKey[]> {
  const path = environmentPath(environmentId, '/queue-keys');
  return (await getJson<{ data: QueueKey[] }>(path, { queue: fullName(queue) }, signal)).data;
}

/** Of the whole environment. */
export interface Pause {
  isPaused: boolean;
  since: string | null;
}

export function fetchPause(environmentId: string, signal?: AbortSignal): Promise<Pause> {
  return getJson(environmentPath(environmentId, '/pause'), {}, signal);
}

export function setEnvironmentPaused(environmentId: string, isPaused: boolean): Promise<Pause> {
  const path = environmentPath(environmentId, '/pause');
  return isPaused ? putJson(path) : deleteJson(path);
}

export function setPaused(environmentId: string, queue: QueueItem, isPaused: boolean): Promise<QueueItem> {
  return postJson(queuePath(environmentId, queue, 'pause'), { action: isPaused ? 'pause' : 'resume' });
}

export function overrideLimit(environmentId: string, queue: QueueItem, concurrencyLimit: number): Promise<QueueItem> {
  return postJson(queuePath(environmentId, queue, 'concurrency/override'), { concurrencyLimit });
}

export function resetLimit(environmentId: string, queue: QueueItem): Promise<QueueItem> {
  return postJson(queuePath(environmentId, queue, 'concurrency/reset'), {});
}

function queuePath(environmentId: string, { id }: QueueItem, action: string): string {
  return apiPath(environmentId, `/v1/queues/${encodeURIComponent(id)}/${action}`);
}

/** Why runs of a queue do or do not move, in one word for the table and a sentence for who asks. */
export function healthOf(queue: QueueItem, limit: number): { tone: 'green' | 'amber' | 'grey' | 'blue'; label: string; meaning: string } {
  if (queue.paused) {
    return { tone: 'amber', label: 'Paused', meaning: 'None of its runs start until it is resumed.' };
  }
  if (queue.concurrencyLimit === 0) {
    return { tone: 'amber', label: 'Limit 0', meaning: 'None of its runs start until the limit is raised.' };
  }
  const most = queue.concurrencyLimit ?? limit;
  if (queue.queued > 0 && queue.running >= most) {
    return { tone: 'amber', label: 'At limit', meaning: `All ${most} slots are taken; the next run starts when one ends.` };
  }
  if (queue.queued > 0 || queue.running > 0) {
    return { tone: 'blue', label: 'Working', meaning: 'Runs of it execute or are about to.' };
  }
  return { tone: 'grey', label: 'Idle', meaning: 'No run waits or executes.' };
}
