import { useOutletContext, useParams } from 'react-router';
import { type Environment, useSession } from './session';

export function findEnvironment(environments: Environment[], slug: string | undefined): Environment | undefined {
  return environments.find((environment) => environment.slug === slug);
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
