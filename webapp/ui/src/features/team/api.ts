import type { Role } from '../../app/session';
import { deleteJson, getJson, postJson, putJson } from '../../lib/http';

export interface Member {
  id: string;
  email: string;
  name: string;
  role: Role;
}

export interface AuditEvent {
  id: string;
  at: string;
  actorKind: string;
  actor: string;
  action: string;
  target: string;
  details?: string;
  address?: string;
  environment?: string;
}

export const ROLES: { role: Role; meaning: string }[] = [
  { role: 'OWNER', meaning: 'Everything' },
  { role: 'ADMIN', meaning: 'Members, keys and environments' },
  { role: 'DEVELOPER', meaning: 'Runs, deployments and variables' },
  { role: 'VIEWER', meaning: 'Look' },
];

function organizationPath(slug: string, rest: string): string {
  return `/organizations/${encodeURIComponent(slug)}${rest}`;
}

export async function fetchMembers(slug: string, signal?: AbortSignal): Promise<Member[]> {
  return (await getJson<{ data: Member[] }>(organizationPath(slug, '/members'), {}, signal)).data;
}

export function setRole(slug: string, email: string, role: Role): Promise<void> {
  return putJson(organizationPath(slug, '/members'), { email, role });
}

export function removeMember(slug: string, id: string): Promise<void> {
  return deleteJson(organizationPath(slug, `/members/${encodeURIComponent(id)}`));
}

/** The link is there only for somebody who has never signed in; others are members at once. */
export interface Invited {
  link?: string;
  expiresAt?: string;
}

export function invite(slug: string, email: string, role: Role): Promise<Invited> {
  return postJson(organizationPath(slug, '/invitations'), { email, role });
}

export async function fetchAudit(slug: string, before: string | undefined, signal?: AbortSignal): Promise<AuditEvent[]> {
  return (await getJson<{ data: AuditEvent[] }>(organizationPath(slug, '/audit'), { before, limit: 50 }, signal)).data;
}
