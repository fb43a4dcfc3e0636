import { useEffect, useState } from 'react';
import { Navigate } from 'react-router';
import { fetchRuns } from '../features/runs/api';
import { Loading } from '../ui/Loading';
import { takeDestination } from './destination';
import { type Environment, useSession } from './session';

/** Leads to where somebody wanted to go before signing in, else to the first environment that has runs. */
export function Home() {
  const { environments } = useSession();
  const [destination] = useState(takeDestination);
  const [target, setTarget] = useState<Environment>();

  useEffect(() => {
    let isCurrent = true;
    void firstWithRuns(environments).then((found) => {
      if (isCurrent) {
        setTarget(found ?? environments.find(({ shortName }) => shortName === 'prod') ?? environments[0]);
      }
    });
    return () => {
      isCurrent = false;
    };
  }, [environments]);

  if (destination !== undefined) {
    return <Navigate replace to={destination} />;
  }
  return target ? <Navigate replace to={`/envs/${target.slug}/runs`} /> : <Loading label="Looking for runs" />;
}

async function firstWithRuns(environments: Environment[]): Promise<Environment | undefined> {
  const filled = await Promise.all(
    environments.map((environment) =>
      fetchRuns(environment.id, { size: 1 }).then(
        (page) => page.data.length > 0,
        () => false,
      ),
    ),
  );
  return environments.find((_, index) => filled[index]);
}
