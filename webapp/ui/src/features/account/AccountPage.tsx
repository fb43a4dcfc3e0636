import { useState } from 'react';
import { useAction } from '../../lib/useAction';
import { useLoaded } from '../../lib/useLoaded';
import { Badge } from '../../ui/Badge';
import { Button, IconButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { TextField } from '../../ui/Field';
import { Fields, Problem } from '../../ui/Form';
import { Listing } from '../../ui/Listing';
import { PageBody, PageHead, Section } from '../../ui/Page';
import { RelativeTime } from '../../ui/Time';
import {
  type Account,
  changePassword,
  describeBrowser,
  endOtherSessions,
  endSession,
  fetchAccount,
  fetchSessions,
} from './api';
import styles from './AccountPage.module.css';
import { PersonalTokens } from './PersonalTokens';

export function AccountPage() {
  const account = useLoaded(fetchAccount, 'account');
  return (
    <>
      <PageHead title="Account" />
      <PageBody isPadded>
        <Listing of={account} label="account" isEmpty={() => false} empty={null}>
          {(data) => <Password account={data} onChanged={account.reload} />}
        </Listing>
        <Sessions />
        <PersonalTokens />
      </PageBody>
    </>
  );
}

const SHORTEST = 12;

function Password({ account, onChanged }: { account: Account; onChanged(): void }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const change = useAction(() => changePassword(current, password), {
    isQuiet: true,
    done: 'The password is changed; your other sessions have ended',
    onDone: () => {
      setCurrent('');
      setPassword('');
      setAgain('');
      onChanged();
    },
  });
  const isLong = password.length >= SHORTEST;
  return (
    <Section
      title="Password"
      hint={
        account.hasPassword
          ? `You sign in as ${account.email} with your password.`
          : `You have no password yet: with one you can sign in as ${account.email} without a login link.`
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.run();
        }}
      >
        {/* Password managers want to know whose it is. */}
        <input type="email" autoComplete="username" value={account.email} readOnly hidden />
        <Fields>
          {account.hasPassword && (
            <TextField
              label="Present password"
              type="password"
              autoComplete="current-password"
              value={current}
              onChange={setCurrent}
            />
          )}
          <TextField
            label="New password"
            type="password"
            autoComplete="new-password"
            hint={`At least ${SHORTEST} characters`}
            value={password}
            onChange={setPassword}
          />
          <TextField
            label="Once more"
            type="password"
            autoComplete="new-password"
            problem={again !== '' && again !== password ? 'This is not the same.' : undefined}
            value={again}
            onChange={setAgain}
          />
        </Fields>
        {change.error !== undefined && <Problem>{change.error}</Problem>}
        <div>
          <Button type="submit" look="primary" isBusy={change.isBusy} disabled={!isLong || again !== password}>
            {account.hasPassword ? 'Change password' : 'Set password'}
          </Button>
        </div>
      </form>
    </Section>
  );
}

function Sessions() {
  const sessions = useLoaded(fetchSessions, 'sessions');
  const end = useAction(endSession, { done: 'The session has ended', onDone: sessions.reload });
  const endOthers = useAction(endOtherSessions, { done: 'All other sessions have ended', onDone: sessions.reload });
  return (
    <Section
      title="Sessions"
      hint="Browsers that are signed in as you."
      tools={
        <Button
          icon="signOut"
          isBusy={endOthers.isBusy}
          disabled={(sessions.data?.length ?? 0) < 2}
          onClick={() => endOthers.run()}
        >
          End all others
        </Button>
      }
    >
      <Listing of={sessions} label="sessions" isEmpty={(data) => data.length === 0} empty={null}>
        {(data) => (
          <DataTable
            label="Sessions"
            items={data}
            keyOf={({ id }) => id}
            columns={[
              {
                id: 'browser',
                header: 'Browser',
                isMain: true,
                cell: (one) => (
                  <span title={one.userAgent}>
                    {describeBrowser(one.userAgent)} {one.isCurrent && <Badge tone="green" label="This one" />}
                  </span>
                ),
              },
              { id: 'address', header: 'Address', from: 'medium', cell: ({ address }) => address ?? '–' },
              { id: 'created', header: 'Signed in', from: 'wide', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
              { id: 'seen', header: 'Last seen', cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} /> },
              {
                id: 'actions',
                header: '',
                align: 'end',
                cell: (one) =>
                  !one.isCurrent && (
                    <IconButton
                      icon="signOut"
                      label={`End the session of ${describeBrowser(one.userAgent)}`}
                      disabled={end.isBusy}
                      onClick={() => end.run(one.id)}
                    />
                  ),
              },
            ]}
          />
        )}
      </Listing>
    </Section>
  );
}
