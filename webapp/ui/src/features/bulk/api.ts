import { apiPath, getJson, postJson } from '../../lib/http';

export interface BulkAction {
  id: string;
  name?: string;
  type: 'CANCEL' | 'REPLAY';
  status: 'PENDING' | 'COMPLETED' | 'ABORTED';
  counts: { total: number; success: number; failure: number };
  createdAt: string;
  completedAt?: string;
}

export type BulkKind = 'cancel' | 'replay';

/** Which runs: those that are named, or all that a filter finds. */
export type BulkTarget = { runIds: string[] } | { filter: Record<string, unknown> };

export function fetchBulkActions(
  environmentId: string,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<{ data: BulkAction[]; pagination: { next?: string } }> {
  return getJson(apiPath(environmentId, '/v1/bulk-actions'), { 'page[after]': cursor }, signal);
}

export function startBulkAction(
  environmentId: string,
  action: BulkKind,
  target: BulkTarget,
  name: string,
): Promise<{ id: string }> {
  return postJson(apiPath(environmentId, '/v1/bulk-actions'), {
    action,
    ...target,
    ...(name.trim() === '' ? {} : { name: name.trim() }),
  });
}

export function abortBulkAction(environmentId: string, id: string): Promise<unknown> {
  return postJson(apiPath(environmentId, `/v1/bulk-actions/${encodeURIComponent(id)}/abort`));
}
