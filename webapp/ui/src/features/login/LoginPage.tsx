import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { ApiError, sentenceOf } from '../../lib/problem';
import { useAction } from '../../lib/useAction';
import { useLoaded } from '../../lib/useLoaded';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { Problem } from '../../ui/Form';
import { Icon } from '../../ui/Icon';
import { Logo } from '../../ui/Logo';
import { useTitle } from '../../ui/Page';
import { isSignedIn, mailLink, redeem, signInByPassword, signInOptions } from './api';
import styles from './LoginPage.module.css';

type Phase = { name: 'asking' } | { name: 'signing-in' } | { name: 'refused'; error: unknown };

/**
 * Redeems the token of a printed link. The page posts it, rather than the address redeeming it by being opened, so that
 * a chat's link preview does not use it up.
 */
export function LoginPage() {
  useTitle('Sign in');
  const [search] = useSearchParams();
  const token = search.get('token');
  const { phase, retry } = useRedeemed(token);

  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Logo />
        {phase.name === 'signing-in' && (
          <p className={styles.state} role="status">
            <Icon name="spinner" className={styles.spin} /> Signing you in…
          </p>
        )}
        {phase.name === 'refused' && <Refused error={phase.error} onRetry={retry} />}
        {phase.name === 'asking' && <HowTo />}
      </div>
    </main>
  );
}

function useRedeemed(token: string | null) {
  const navigate = useNavigate();
  const [phase, setPhase] = useState<Phase>(token ? { name: 'signing-in' } : { name: 'asking' });
  const sent = useRef<string>(undefined);

  const send = (one: string) => {
    setPhase({ name: 'signing-in' });
    redeem(one).then(
      () => navigate('/', { replace: true }),
      (error: unknown) => setPhase({ name: 'refused', error }),
    );
  };
  useEffect(() => {
    // A token works once; React may run an effect twice.
    if (token && sent.current !== token) {
      sent.current = token;
      send(token);
    } else if (!token) {
      void isSignedIn().then((isIn) => isIn && navigate('/', { replace: true }));
    }
  }, [token]);
  return { phase, retry: () => token && send(token) };
}

function Refused({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const isFinal = error instanceof ApiError && error.status === 401;
  return (
    <>
      <h1>{isFinal ? 'This link does not work any more' : 'You could not be signed in'}</h1>
      <p role="alert">{sentenceOf(error)}</p>
      {isFinal ? (
        <Hint />
      ) : (
        <Button look="primary" icon="replay" onClick={onRetry}>
          Try again
        </Button>
      )}
      <p className={styles.quiet}>
        Signed in already? <Link to="/">Open the dashboard</Link>
      </p>
    </>
  );
}

function HowTo() {
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useAction(() => signInByPassword(email.trim(), password), {
    isQuiet: true,
    onDone: () => void navigate('/', { replace: true }),
  });
  const [isMailed, setMailed] = useState(false);
  const link = useAction(() => mailLink(email.trim()), { isQuiet: true, onDone: () => setMailed(true) });
  return (
    <>
      <h1>Sign in</h1>
      <IdentityProvider />
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          signIn.run();
        }}
      >
        <TextField label="E-mail" type="email" autoComplete="username" autoFocus value={email} onChange={setEmail} />
        <TextField
          label="Password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        {signIn.error !== undefined && <Problem>{signIn.error}</Problem>}
        <Button type="submit" look="primary" isBusy={signIn.isBusy} disabled={email.trim() === '' || password === ''}>
          Sign in
        </Button>
      </form>
      <Button
        icon="ticket"
        isBusy={link.isBusy}
        disabled={!email.includes('@')}
        onClick={() => link.run()}
        title="For servers that can send mails"
      >
        Mail me a login link
      </Button>
      {isMailed && <p role="status">If this address has an account, a link is on its way to it.</p>}
      {link.error !== undefined && <Problem>{link.error}</Problem>}
      <p className={styles.quiet}>No password yet? The server prints a login link whenever it starts.</p>
      <Hint />
    </>
  );
}

/** Leads to the identity provider, where the server has one, and says why it was of no use. */
function IdentityProvider() {
  const [search] = useSearchParams();
  const refused = search.get('refused') ?? undefined;
  const { data } = useLoaded((signal) => signInOptions(refused, signal), refused ?? '');
  return (
    <>
      {data?.refusal !== undefined && <Problem>{data.refusal}</Problem>}
      {data?.oidc && (
        <a className={styles.provider} href={data.oidc.href}>
          <Icon name="key" />
          {data.oidc.label}
        </a>
      )}
    </>
  );
}

function Hint() {
  return (
    <div className={styles.hint}>
      <Icon name="terminal" />
      <p>
        Look for <code>{location.origin}/login?token=…</code> in the server's output. Each link works once, within a
        day; a restart prints a new one.
      </p>
    </div>
  );
}
