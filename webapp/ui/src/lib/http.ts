import { ApiError, problemOf, Unreachable } from './problem';

const ROOT = '/api/dashboard/v1';

export type Query = Record<string, string | number | undefined>;
const CSRF_COOKIE = 'XSRF-TOKEN';
const CSRF_HEADER = 'X-XSRF-TOKEN';

/** Raised on the window when the server no longer knows the session; the shell listens. */
export const SIGNED_OUT = 'runyard:signed-out';

export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      search.set(name, String(value));
    }
  }
  const text = search.toString();
  return `${ROOT}${path}${text ? `?${text}` : ''}`;
}

/** Where the server answers what is about one environment. */
export function environmentPath(environmentId: string, rest: string): string {
  return `/environments/${encodeURIComponent(environmentId)}${rest}`;
}

/** The public API, asked on behalf of whoever is signed in. */
export function apiPath(environmentId: string, rest: string): string {
  return environmentPath(environmentId, `/api${rest}`);
}

export function getJson<T>(
  path: string,
  query?: Query,
  signal?: AbortSignal,
): Promise<T> {
  return send<T>(urlOf(path, query), { method: 'GET', ...(signal ? { signal } : {}) });
}

type Method = 'POST' | 'PUT' | 'DELETE';

export function postJson<T>(path: string, body?: unknown): Promise<T> {
  return change<T>('POST', path, body);
}

export function putJson<T>(path: string, body?: unknown): Promise<T> {
  return change<T>('PUT', path, body);
}

export function deleteJson<T>(path: string): Promise<T> {
  return change<T>('DELETE', path, undefined);
}

async function change<T>(method: Method, path: string, body: unknown): Promise<T> {
  try {
    return await changeOnce<T>(method, path, body);
  } catch (error) {
    // The first call of a new browser, and one after the cookie was cleared, has no token yet: the refusal brought one.
    if (error instanceof ApiError && error.isStale && readCookie(document.cookie, CSRF_COOKIE)) {
      return changeOnce<T>(method, path, body);
    }
    throw error;
  }
}

async function changeOnce<T>(method: Method, path: string, body: unknown): Promise<T> {
  if (!readCookie(document.cookie, CSRF_COOKIE)) {
    await fetch(urlOf('/session'), { credentials: 'same-origin' }).catch(() => undefined);
  }
  const token = readCookie(document.cookie, CSRF_COOKIE);
  const headers: Record<string, string> = { ...(token ? { [CSRF_HEADER]: token } : {}) };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  return send<T>(urlOf(path), {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function send<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, {
    credentials: 'same-origin',
    ...init,
    headers: { Accept: 'application/json', ...init.headers },
  }).catch((error: unknown) => {
    throw isAbort(error) ? error : new Unreachable(error);
  });
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.status === 401) {
      window.dispatchEvent(new Event(SIGNED_OUT));
    }
    throw problem;
  }
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

export function readCookie(cookies: string, name: string): string | undefined {
  for (const pair of cookies.split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) {
      return decodeURIComponent(value.join('='));
    }
  }
  return undefined;
}
