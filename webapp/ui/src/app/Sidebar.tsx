import { NavLink, useNavigate } from 'react-router';
import { ApiError, sentenceOf } from '../lib/problem';
import { IconButton } from '../ui/Button';
import { classes } from '../ui/classes';
import { Icon } from '../ui/Icon';
import { Logo } from '../ui/Logo';
import { useToast } from '../ui/Toast';
import { useMaybeEnvironment } from './environment';
import { EnvironmentPicker } from './EnvironmentPicker';
import { signOut, useSession } from './session';
import styles from './Sidebar.module.css';
import { SystemStatus } from './SystemStatus';
import { ThemePicker } from './ThemePicker';

export function Sidebar({ id, className }: { id: string; className: string | undefined }) {
  const { user } = useSession();
  const environment = useMaybeEnvironment();
  const leave = useLeave();
  return (
    <aside id={id} className={classes(styles.sidebar, className)}>
      <div className={styles.brand}>
        <Logo />
      </div>
      <EnvironmentPicker current={environment} />
      <nav aria-label="Main" className={styles.nav}>
        {environment && (
          <NavLink to={`/envs/${environment.slug}/runs`} className={classes(styles.link)}>
            <Icon name="runs" /> Runs
          </NavLink>
        )}
      </nav>
      <SystemStatus />
      <div className={styles.foot}>
        <ThemePicker />
        <div className={styles.user}>
          <span className={styles.name} title={user.email}>
            {user.name || user.email}
          </span>
          <IconButton icon="signOut" label="Sign out" onClick={leave} />
        </div>
      </div>
    </aside>
  );
}

function useLeave() {
  const navigate = useNavigate();
  const toast = useToast();
  return () =>
    signOut().then(
      () => navigate('/login'),
      (error: unknown) => {
        // Whose session has ended already is out, which is what was asked for.
        if (!(error instanceof ApiError && error.status === 401)) {
          toast(sentenceOf(error), 'error');
        }
      },
    );
}
