import { Link, Outlet, useParams } from 'react-router';
import { EmptyState } from '../ui/EmptyState';
import { useMaybeEnvironment } from './environment';

/** Keeps pages of an environment from having to ask whether it exists. */
export function EnvironmentGate() {
  const { slug } = useParams();
  const environment = useMaybeEnvironment();
  if (environment === undefined) {
    return (
      <EmptyState icon="alert" title={`There is no environment “${slug}”`}>
        <p>
          It may have been removed, or it belongs to a project that you are not a member of.{' '}
          <Link to="/">Go to your runs</Link>
        </p>
      </EmptyState>
    );
  }
  // A page keeps nothing of one environment when it turns to another.
  return <Outlet key={environment.id} context={environment} />;
}
