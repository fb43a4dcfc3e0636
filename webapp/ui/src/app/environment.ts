import { useEffect } from 'react';
import { useOutletContext, useParams } from 'react-router';
import { readStored, writeStored } from '../lib/stored';
import { type Environment, includesRole, useSession } from './session';

/** An address may name an environment more exactly than it would have to; links of alerts name it by its id. */
export function findEnvironment(environments: Environment[], slug: string | undefined): Environment | undefined {
  return (
    environments.find((environment) => environment.slug === slug) ??
    environments.find(({ id, project, shortName }) => id === slug || `${project.ref}.${shortName}` === slug)
  );
}

/** The environment of the address; undefined on pages that belong to none. */
export function useMaybeEnvironment(): Environment | undefined {
  const { slug } = useParams();
  return findEnvironment(useSession().environments, slug);
}

/** Only for pages under /envs/:slug, which are not rendered where the slug is unknown. */
export function useEnvironment(): Environment {
  return useOutletContext<Environment>();
}

/** Whether the person may change things here, rather than only look. */
export function useMayChange(): boolean {
  return includesRole(useEnvironment().role, 'DEVELOPER');
}

const KEY = 'runyard.environment';

/** The environment of the address, or the one that was last looked at: pages that belong to none keep the side bar. */
export function useLastEnvironment(): Environment | undefined {
  const { environments } = useSession();
  const current = useMaybeEnvironment();
  useEffect(() => {
    if (current) {
      writeStored(KEY, current.id);
    }
  }, [current]);
  return current ?? environments.find((one) => one.id === readStored(KEY)) ?? environments[0];
}
