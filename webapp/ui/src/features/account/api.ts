import { deleteJson, getJson, postJson, putJson } from '../../lib/http';

export interface Account {
  email: string;
  name: string;
  hasPassword: boolean;
}

export interface WebSession {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  userAgent?: string;
  address?: string;
  isCurrent: boolean;
}

export interface PersonalToken {
  id: string;
  name: string;
  lastFour: string;
  createdAt: string;
  revokedAt?: string;
}

export function fetchAccount(signal?: AbortSignal): Promise<Account> {
  return getJson('/account', {}, signal);
}

export function changePassword(current: string, password: string): Promise<void> {
  return putJson('/account/password', { password, ...(current === '' ? {} : { current }) });
}

export async function fetchSessions(signal?: AbortSignal): Promise<WebSession[]> {
  return (await getJson<{ data: WebSession[] }>('/account/sessions', {}, signal)).data;
}

export function endSession(id: string): Promise<void> {
  return deleteJson(`/account/sessions/${encodeURIComponent(id)}`);
}

export function endOtherSessions(): Promise<void> {
  return deleteJson('/account/sessions');
}

/** Lets the command line that shows this code act for the person. */
export function confirmCode(code: string): Promise<void> {
  return postJson(`/authorization-codes/${encodeURIComponent(code)}/confirm`);
}

export async function fetchTokens(signal?: AbortSignal): Promise<PersonalToken[]> {
  return (await getJson<{ data: PersonalToken[] }>('/personal-tokens', {}, signal)).data;
}

export function createToken(name: string): Promise<{ token: string }> {
  return postJson('/personal-tokens', { name });
}

export function revokeToken(id: string): Promise<void> {
  return deleteJson(`/personal-tokens/${encodeURIComponent(id)}`);
}

/** A browser and a system, as far as their own description tells. */
export function describeBrowser(agent: string | undefined): string {
  if (agent === undefined) {
    return 'Unknown browser';
  }
  const browser =
    [
      ['Edg/', 'Edge'],
      ['OPR/', 'Opera'],
      ['Firefox/', 'Firefox'],
      ['Chrome/', 'Chrome'],
      ['Safari/', 'Safari'],
    ].find(([mark]) => agent.includes(mark ?? ''))?.[1] ?? 'Browser';
  const system =
    [
      ['Android', 'Android'],
      ['iPhone', 'iPhone'],
      ['iPad', 'iPad'],
      ['Windows', 'Windows'],
      ['Mac OS', 'macOS'],
      ['Linux', 'Linux'],
    ].find(([mark]) => agent.includes(mark ?? ''))?.[1] ?? undefined;
  return system === undefined ? browser : `${browser} on ${system}`;
}
