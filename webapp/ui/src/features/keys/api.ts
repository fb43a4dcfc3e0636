import { deleteJson, environmentPath, getJson, postJson } from '../../lib/http';

export interface ApiKey {
  id: string;
  name: string;
  lastFour: string;
  scopes: string[];
  createdAt: string;
  expiresAt?: string;
  revokedAt?: string;
}

export async function fetchKeys(environmentId: string, signal?: AbortSignal): Promise<ApiKey[]> {
  return (await getJson<{ data: ApiKey[] }>(environmentPath(environmentId, '/keys'), {}, signal)).data;
}

export interface NewKey {
  name: string;
  scopes: string[];
  expiresAt?: string;
}

export function createKey(environmentId: string, key: NewKey): Promise<{ id: string; key: string }> {
  return postJson(environmentPath(environmentId, '/keys'), key);
}

export function revokeKey(environmentId: string, id: string): Promise<void> {
  return deleteJson(environmentPath(environmentId, `/keys/${encodeURIComponent(id)}`));
}

export interface Rotated {
  key: string;
  formerKeyEndsAt: string;
}

export function rotateKey(environmentId: string, immediately: boolean): Promise<Rotated> {
  return postJson(environmentPath(environmentId, '/keys/rotate'), { immediately });
}
