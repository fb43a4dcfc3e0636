import { createContext, use } from 'react';
import { getJson, postJson } from '../lib/http';

export type Role = 'OWNER' | 'ADMIN' | 'DEVELOPER' | 'VIEWER';

export interface Project {
  ref: string;
  name: string;
  organization: { slug: string; title: string };
}

export interface Environment {
  id: string;
  /** How addresses name it. */
  slug: string;
  /** Its short name within the project, such as `prod`. */
  shortName: string;
  name: string;
  type: string;
  branch?: string;
  concurrencyLimit: number;
  role: Role;
  project: Project;
}

export interface Session {
  user: { id: string; email: string; name?: string };
  environments: Environment[];
  system: { version: string; workloadManager?: string };
}

type AsSent = Omit<Environment, 'shortName'>;

/**
 * Names environments for addresses. While only one has a short name, that is its name; among several projects and
 * branches it is preceded by the project, and followed by the branch.
 */
export function nameEnvironments(sent: AsSent[]): Environment[] {
  const counts = new Map<string, number>();
  for (const { slug } of sent) {
    counts.set(slug, (counts.get(slug) ?? 0) + 1);
  }
  return sent.map((one) => ({
    ...one,
    shortName: one.slug,
    name: one.branch === undefined ? one.name : `${one.name} · ${one.branch}`,
    slug:
      counts.get(one.slug) === 1
        ? one.slug
        : [one.project.ref, one.slug, one.branch === undefined ? undefined : encodeURIComponent(one.branch)]
            .filter((part) => part !== undefined)
            .join('.'),
  }));
}

export async function fetchSession(): Promise<Session> {
  const session = await getJson<Omit<Session, 'environments'> & { environments: AsSent[] }>('/session');
  return { ...session, environments: nameEnvironments(session.environments) };
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

const ROLES: Role[] = ['OWNER', 'ADMIN', 'DEVELOPER', 'VIEWER'];

/** Whether one role may do what another may. */
export function includesRole(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(needed);
}
