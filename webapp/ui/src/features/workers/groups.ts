import { deleteJson, environmentPath, getJson, postJson, putJson } from '../../lib/http';

export interface WorkerGroup {
  id: string;
  name: string;
  /** Whether it is the installation's own, whose tokens only its operator knows. */
  isShared: boolean;
  /** Environments of the organization whose runs it takes. */
  environments: string[];
  tokens: WorkerToken[];
}

export interface WorkerToken {
  id: string;
  lastFour?: string;
  createdAt: string;
}

export interface MadeToken {
  group: string;
  id: string;
  token: string;
}

function groupsPath(organization: string, rest = ''): string {
  return `/organizations/${encodeURIComponent(organization)}/worker-groups${rest}`;
}

export async function fetchGroups(organization: string, signal?: AbortSignal): Promise<WorkerGroup[]> {
  return (await getJson<{ data: WorkerGroup[] }>(groupsPath(organization), {}, signal)).data;
}

export function createGroup(organization: string, name: string): Promise<MadeToken> {
  return postJson(groupsPath(organization), { name });
}

export function removeGroup(organization: string, group: string): Promise<void> {
  return deleteJson(groupsPath(organization, `/${group}`));
}

export function issueToken(organization: string, group: string): Promise<MadeToken> {
  return postJson(groupsPath(organization, `/${group}/tokens`), {});
}

export function revokeToken(organization: string, group: string, token: string): Promise<void> {
  return deleteJson(groupsPath(organization, `/${group}/tokens/${token}`));
}

export function assignGroup(environmentId: string, name: string): Promise<void> {
  return putJson(environmentPath(environmentId, '/worker-group'), { name });
}
