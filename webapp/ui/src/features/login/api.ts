import { getJson, postJson, urlOf } from '../../lib/http';

export interface SignInOptions {
  /** The identity provider's button; absent where the server knows none. */
  oidc?: { label: string; href: string };
  /** Why the identity provider's answer did not sign in. */
  refusal?: string;
}

/** @param refused the code that the server put into this page's address */
export function signInOptions(refused: string | undefined, signal: AbortSignal): Promise<SignInOptions> {
  return getJson<SignInOptions>('/login/options', { refused }, signal);
}

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
