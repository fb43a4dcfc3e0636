import { useState } from 'react';
import { useAction } from '../../lib/useAction';
import { useLoaded } from '../../lib/useLoaded';
import { Badge } from '../../ui/Badge';
import { Button, IconButton } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { TextField } from '../../ui/Field';
import { FormDialog } from '../../ui/Form';
import { Listing } from '../../ui/Listing';
import { Section } from '../../ui/Page';
import { SecretDialog } from '../../ui/SecretDialog';
import { RelativeTime } from '../../ui/Time';
import styles from './AccountPage.module.css';
import { createToken, fetchTokens, revokeToken } from './api';

export function PersonalTokens() {
  const tokens = useLoaded(fetchTokens, 'tokens');
  const [isAsking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string>();
  const revoke = useAction(revokeToken, { done: 'The token is revoked', onDone: tokens.reload });
  return (
    <Section
      title="Personal tokens"
      hint="Let command lines and tools act as you."
      tools={
        <Button look="primary" icon="plus" onClick={() => setAsking(true)}>
          New token
        </Button>
      }
    >
      <Listing
        of={tokens}
        label="tokens"
        isEmpty={(data) => data.length === 0}
        empty={<p className={styles.note}>There are none yet.</p>}
      >
        {(data) => (
          <DataTable
            label="Personal tokens"
            items={data}
            keyOf={({ id }) => id}
            columns={[
              { id: 'name', header: 'Name', isMain: true, cell: ({ name }) => name },
              { id: 'token', header: 'Token', cell: ({ lastFour }) => <code>…{lastFour}</code> },
              { id: 'made', header: 'Made', from: 'medium', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
              {
                id: 'state',
                header: 'State',
                from: 'medium',
                cell: ({ revokedAt }) =>
                  revokedAt === undefined ? <Badge tone="green" label="Active" /> : <Badge tone="grey" label="Revoked" />,
              },
              {
                id: 'actions',
                header: '',
                align: 'end',
                cell: (one) =>
                  one.revokedAt === undefined && (
                    <IconButton
                      icon="trash"
                      label={`Revoke ${one.name}`}
                      disabled={revoke.isBusy}
                      onClick={() => revoke.run(one.id)}
                    />
                  ),
              },
            ]}
          />
        )}
      </Listing>
      {isAsking && (
        <TokenDialog
          onClose={() => setAsking(false)}
          onMade={(token) => {
            setAsking(false);
            setSecret(token);
            tokens.reload();
          }}
        />
      )}
      {secret !== undefined && (
        <SecretDialog
          title="Your new token"
          secret={secret}
          note="Copy it now: nobody can read it again."
          onClose={() => setSecret(undefined)}
        />
      )}
    </Section>
  );
}

function TokenDialog({ onClose, onMade }: { onClose(): void; onMade(token: string): void }) {
  const [name, setName] = useState('');
  const create = useAction(() => createToken(name.trim()), { isQuiet: true, onDone: ({ token }) => onMade(token) });
  return (
    <FormDialog
      title="New personal token"
      submit="Make token"
      isBusy={create.isBusy}
      canSubmit={name.trim() !== ''}
      error={create.error}
      onSubmit={() => create.run()}
      onClose={onClose}
    >
      <TextField label="Name" placeholder="My laptop" autoFocus value={name} onChange={setName} />
    </FormDialog>
  );
}
