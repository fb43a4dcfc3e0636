import { environmentPath, getJson } from '../../lib/http';
import type { Bar } from '../../ui/Sparkline';

/** A task as its build declared it. */
export interface TaskDefinition {
  id: string;
  description?: string;
  filePath?: string;
  exportName?: string;
  queue?: { name?: string; concurrencyLimit?: number };
  retry?: { maxAttempts?: number };
  machine?: { preset?: string };
  maxDuration?: number;
  ttl?: string;
  triggerSource?: string;
  schedule?: { cron: string; timezone?: string };
  payloadSchema?: unknown;
}

export interface Activity {
  /** By hour, oldest first. */
  hours: Bar[];
  queued: number;
  running: number;
  /** The newest run of the day. */
  lastRun?: { id: string; status: string };
}

export interface TaskItem {
  id: string;
  version: string;
  definition: TaskDefinition;
  activity?: Activity;
}

export async function fetchTasks(environmentId: string, signal?: AbortSignal): Promise<TaskItem[]> {
  return (await getJson<{ data: TaskItem[] }>(environmentPath(environmentId, '/tasks'), {}, signal)).data;
}

/** The queue that runs of a task go to unless they are told otherwise. */
export function queueOf(definition: TaskDefinition): string {
  return definition.queue?.name ?? `task/${definition.id}`;
}

export function activityInWords({ hours }: Activity): string {
  const total = hours.reduce((sum, hour) => sum + hour.total, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  if (total === 0) {
    return 'No runs in 24 hours';
  }
  return `${total.toLocaleString('en-US')} ${total === 1 ? 'run' : 'runs'} in 24 hours, ${
    failed === 0 ? 'none failed' : `${failed.toLocaleString('en-US')} failed`
  }`;
}
