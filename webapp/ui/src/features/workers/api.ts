import { getJson } from '../../lib/http';

export interface Worker {
  group: string;
  name: string;
  version?: string;
  workloadManager?: string;
  cpuAvailable?: number;
  /** In gigabytes. */
  memoryAvailable?: number;
  /** Runs of it that the person may know of. */
  running: number;
  firstSeenAt: string;
  lastSeenAt: string;
}

export const SILENT_AFTER_MS = 60_000;

export async function fetchWorkers(signal?: AbortSignal): Promise<Worker[]> {
  return (await getJson<{ data: Worker[] }>('/workers', {}, signal)).data;
}
