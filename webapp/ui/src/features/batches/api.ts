import { apiPath, environmentPath, getJson } from '../../lib/http';

export interface BatchItem {
  id: string;
  status: 'PENDING' | 'COMPLETED' | 'PARTIAL_FAILED' | 'ABORTED';
  expected: number;
  received: number;
  failed: number;
  finished: number;
  idempotencyKey?: string;
  createdAt: string;
  completedAt?: string;
}

export interface BatchProblem {
  index: number;
  taskIdentifier: string;
  error: string;
  errorCode: string;
}

export interface BatchDetail {
  id: string;
  status: string;
  runCount: number;
  processing?: { completedAt?: string; errors: BatchProblem[] };
}

export function fetchBatches(
  environmentId: string,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<{ data: BatchItem[]; next?: string }> {
  return getJson(environmentPath(environmentId, '/batches'), { cursor }, signal);
}

export function fetchBatch(environmentId: string, id: string, signal?: AbortSignal): Promise<BatchDetail> {
  return getJson(apiPath(environmentId, `/v2/batches/${encodeURIComponent(id)}`), {}, signal);
}
