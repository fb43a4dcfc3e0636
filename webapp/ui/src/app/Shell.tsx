import { useCallback, useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { SIGNED_OUT } from '../lib/http';
import { ApiError } from '../lib/problem';
import { IconButton } from '../ui/Button';
import { classes } from '../ui/classes';
import { ErrorState } from '../ui/ErrorState';
import { Loading } from '../ui/Loading';
import { Logo } from '../ui/Logo';
import { CommandPalette } from './CommandPalette';
import { keepDestination } from './destination';
import { fetchSession, type Session, SessionContext } from './session';
import { ShortcutSheet } from './ShortcutSheet';
import styles from './Shell.module.css';
import { Sidebar } from './Sidebar';

/** The frame around every page but the login: it knows who is signed in, and leads out where nobody is. */
export function Shell() {
  const { session, error, isSignedOut, reload } = useLoadedSession();
  const { pathname, search } = useLocation();
  const [isMenuOpen, setMenuOpen] = useState(false);

  useEffect(() => setMenuOpen(false), [pathname]);

  if (isSignedOut) {
    keepDestination(pathname + search);
    return <Navigate replace to="/login" />;
  }
  if (error) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (!session) {
    return <Loading label="Loading" />;
  }
  return (
    <SessionContext value={session}>
      <a href="#main" className={styles.skip}>
        Skip to content
      </a>
      <div className={classes(styles.shell, isMenuOpen && styles.open)}>
        <header className={styles.topbar}>
          <IconButton
            icon={isMenuOpen ? 'close' : 'menu'}
            label={isMenuOpen ? 'Close menu' : 'Open menu'}
            aria-expanded={isMenuOpen}
            aria-controls="sidebar"
            onClick={() => setMenuOpen(!isMenuOpen)}
          />
          <Logo />
        </header>
        <Sidebar id="sidebar" className={styles.sidebar} />
        <div className={styles.backdrop} onClick={() => setMenuOpen(false)} />
        <main id="main" className={styles.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <ShortcutSheet />
      <CommandPalette />
    </SessionContext>
  );
}

function useLoadedSession() {
  const [session, setSession] = useState<Session>();
  const [error, setError] = useState<unknown>();
  const [isSignedOut, setSignedOut] = useState(false);

  const reload = useCallback(() => {
    setError(undefined);
    fetchSession().then(setSession, (failure: unknown) => {
      if (!(failure instanceof ApiError && failure.status === 401)) {
        setError(failure);
      }
    });
  }, []);

  useEffect(() => {
    const onSignedOut = () => setSignedOut(true);
    window.addEventListener(SIGNED_OUT, onSignedOut);
    reload();
    return () => window.removeEventListener(SIGNED_OUT, onSignedOut);
  }, [reload]);

  return { session, error, isSignedOut, reload };
}
