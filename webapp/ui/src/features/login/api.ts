import { postJson, urlOf } from '../../lib/http';

export function redeem(token: string): Promise<void> {
  return postJson<void>('/login', { token });
}

export function signInByPassword(email: string, password: string): Promise<void> {
  return postJson<void>('/login', { email, password });
}

export function mailLink(email: string): Promise<void> {
  return postJson<void>('/login/mail', { email });
}

/** Asks quietly: on this page, not being signed in is no reason to be sent here. */
export async function isSignedIn(): Promise<boolean> {
  const answer = await fetch(urlOf('/session'), { credentials: 'same-origin' }).catch(() => undefined);
  return answer?.ok ?? false;
}
