import { ApiError, problemOf, Unreachable } from './problem';

const ROOT = '/api/dashboard/v1';
const CSRF_COOKIE = 'XSRF-TOKEN';
const CSRF_HEADER = 'X-XSRF-TOKEN';

/** Raised on the window when the server no longer knows the session; the shell listens. */
export const SIGNED_OUT = 'runyard:signed-out';

export function urlOf(path: string, query: Record<string, string | number | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      search.set(name, String(value));
    }
  }
  const text = search.toString();
  return `${ROOT}${path}${text ? `?${text}` : ''}`;
}

export function getJson<T>(
  path: string,
  query?: Record<string, string | number | undefined>,
  signal?: AbortSignal,
): Promise<T> {
  return send<T>(urlOf(path, query), { method: 'GET', ...(signal ? { signal } : {}) });
}

export async function postJson<T>(path: string, body?: unknown): Promise<T> {
  try {
    return await post<T>(path, body);
  } catch (error) {
    // The first call of a new browser, and one after the cookie was cleared, has no token yet: the refusal brought one.
    if (error instanceof ApiError && error.status === 403 && readCookie(document.cookie, CSRF_COOKIE)) {
      return post<T>(path, body);
    }
    throw error;
  }
}

async function post<T>(path: string, body: unknown): Promise<T> {
  if (!readCookie(document.cookie, CSRF_COOKIE)) {
    await fetch(urlOf('/session'), { credentials: 'same-origin' }).catch(() => undefined);
  }
  const token = readCookie(document.cookie, CSRF_COOKIE);
  const headers: Record<string, string> = { ...(token ? { [CSRF_HEADER]: token } : {}) };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  return send<T>(urlOf(path), {
    method: 'POST',
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
