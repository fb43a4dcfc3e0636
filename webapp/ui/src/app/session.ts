import { createContext, use } from 'react';
import { getJson, postJson } from '../lib/http';

export interface Environment {
  id: string;
  slug: string;
  name: string;
  type: string;
  project: { ref: string; name: string };
}

export interface Session {
  user: { id: string; email: string; name?: string };
  environments: Environment[];
  system: { version: string; workloadManager?: string };
}

export function fetchSession(): Promise<Session> {
  return getJson<Session>('/session');
}

export function signOut(): Promise<void> {
  return postJson<void>('/logout');
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** Only for pages inside the shell, which is not rendered before the session is known. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === undefined) {
    throw new Error('There is no session outside of the shell.');
  }
  return session;
}
