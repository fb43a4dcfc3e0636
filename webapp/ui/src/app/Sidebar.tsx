import { NavLink } from 'react-router';
import { IconButton } from '../ui/Button';
import { classes } from '../ui/classes';
import { Icon } from '../ui/Icon';
import { Kbd } from '../ui/Kbd';
import { Logo } from '../ui/Logo';
import { useLastEnvironment } from './environment';
import { EnvironmentPicker } from './EnvironmentPicker';
import { COMMON_PAGES, ENVIRONMENT_PAGES, type PageLink } from './pages';
import { openPalette } from './palette';
import { useSession } from './session';
import styles from './Sidebar.module.css';
import { SystemStatus } from './SystemStatus';
import { ThemePicker } from './ThemePicker';
import { useLeave } from './useLeave';

export function Sidebar({ id, className }: { id: string; className: string | undefined }) {
  const { user } = useSession();
  const environment = useLastEnvironment();
  const leave = useLeave();
  return (
    <aside id={id} className={classes(styles.sidebar, className)}>
      <div className={styles.brand}>
        <Logo />
      </div>
      <EnvironmentPicker current={environment} />
      <button type="button" className={styles.search} onClick={openPalette}>
        <Icon name="search" size={14} />
        <span>Go to…</span>
        <Kbd>{MOD_K}</Kbd>
      </button>
      <nav aria-label="Main" className={styles.nav}>
        {environment &&
          ENVIRONMENT_PAGES.map((group) => (
            <div key={group.title} className={styles.group} role="group" aria-label={group.title || 'Runs'}>
              {group.title && <p className={styles.groupTitle}>{group.title}</p>}
              {group.pages.map((page) => (
                <PageNavLink key={page.path} page={page} to={`/envs/${environment.slug}/${page.path}`} />
              ))}
            </div>
          ))}
        <div className={styles.group} role="group" aria-label="Installation">
          <p className={styles.groupTitle}>Installation</p>
          {COMMON_PAGES.map((page) => (
            <PageNavLink key={page.path} page={page} to={page.path} />
          ))}
        </div>
      </nav>
      <SystemStatus />
      <div className={styles.foot}>
        <ThemePicker />
        <div className={styles.user}>
          <NavLink to="/account" className={classes(styles.name)} title={user.email}>
            {user.name || user.email}
          </NavLink>
          <IconButton icon="signOut" label="Sign out" onClick={leave} />
        </div>
      </div>
    </aside>
  );
}

const MOD_K = /mac/i.test(navigator.userAgent) ? '⌘K' : 'Ctrl K';

function PageNavLink({ page, to }: { page: PageLink; to: string }) {
  return (
    <NavLink to={to} className={classes(styles.link)}>
      <Icon name={page.icon} /> {page.label}
    </NavLink>
  );
}
