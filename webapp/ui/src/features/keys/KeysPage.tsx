import { useState } from 'react';
import { useEnvironment } from '../../app/environment';
import { includesRole } from '../../app/session';
import { formatAbsolute } from '../../lib/format';
import { useAction } from '../../lib/useAction';
import { useLoaded } from '../../lib/useLoaded';
import { Badge, Tag } from '../../ui/Badge';
import { Button, IconButton } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { CheckField } from '../../ui/Field';
import { Listing } from '../../ui/Listing';
import { PageBody, PageHead, Section } from '../../ui/Page';
import { SecretDialog } from '../../ui/SecretDialog';
import { RelativeTime } from '../../ui/Time';
import { type ApiKey, fetchKeys, revokeKey, type Rotated, rotateKey } from './api';
import { KeyDialog } from './KeyDialog';
import styles from './KeysPage.module.css';

type Open =
  | { name: 'new' | 'rotate' }
  | { name: 'revoke'; key: ApiKey }
  | { name: 'secret'; secret: string; note: string };

export function KeysPage() {
  const environment = useEnvironment();
  return includesRole(environment.role, 'ADMIN') || environment.type === 'DEVELOPMENT' ? (
    <Keys />
  ) : (
    <>
      <PageHead title="API keys" />
      <EmptyState icon="key" title="Keys are for administrators">
        <p>Your role is {environment.role.toLowerCase()}. Ask an administrator of the organization for a key.</p>
      </EmptyState>
    </>
  );
}

function Keys() {
  const environment = useEnvironment();
  const keys = useLoaded((signal) => fetchKeys(environment.id, signal), environment.id);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <>
      <PageHead title="API keys" />
      <PageBody isPadded>
        <Section
          title="Secret key"
          hint={`May do everything in ${environment.name}. It begins with tr_${environment.shortName}_ and was shown when it was made.`}
          tools={
            <Button icon="replay" onClick={() => setOpen({ name: 'rotate' })}>
              Rotate
            </Button>
          }
        >
          <p className={styles.note}>
            Rotating shows a new key once. The former one works on for a while, so that you can replace it everywhere.
          </p>
        </Section>
        <Section
          title="Further keys"
          hint="Limited by scopes, perhaps for a time: one for each program that calls."
          tools={
            <Button look="primary" icon="plus" onClick={() => setOpen({ name: 'new' })}>
              New key
            </Button>
          }
        >
          <Listing
            of={keys}
            label="keys"
            isEmpty={(data) => data.length === 0}
            empty={<p className={styles.note}>There are none yet.</p>}
          >
            {(data) => (
              <DataTable
                label="Further keys"
                columns={columnsOf((key) => setOpen({ name: 'revoke', key }))}
                items={data}
                keyOf={({ id }) => id}
              />
            )}
          </Listing>
        </Section>
      </PageBody>
      {open?.name === 'new' && (
        <KeyDialog
          onClose={close}
          onMade={(secret) => {
            keys.reload();
            setOpen({ name: 'secret', secret, note: 'Copy the key now: nobody can read it again.' });
          }}
        />
      )}
      {open?.name === 'rotate' && (
        <RotateDialog
          onClose={close}
          onRotated={({ key, formerKeyEndsAt }) =>
            setOpen({
              name: 'secret',
              secret: key,
              note: `Copy the new key now. The former one ends ${formatAbsolute(Date.parse(formerKeyEndsAt))}.`,
            })
          }
        />
      )}
      {open?.name === 'revoke' && <RevokeDialog apiKey={open.key} onClose={close} onDone={keys.reload} />}
      {open?.name === 'secret' && (
        <SecretDialog title="Your new key" secret={open.secret} note={open.note} onClose={close} />
      )}
    </>
  );
}

function columnsOf(onRevoke: (key: ApiKey) => void): DataColumn<ApiKey>[] {
  return [
    { id: 'name', header: 'Name', cell: ({ name }) => <strong className={styles.name}>{name}</strong> },
    { id: 'key', header: 'Key', cell: ({ lastFour }) => <code>…{lastFour}</code> },
    {
      id: 'scopes',
      header: 'Scopes',
      isMain: true,
      cell: ({ scopes }) => (
        <span className={styles.scopes}>
          {scopes.map((scope) => (
            <Tag key={scope}>{scope}</Tag>
          ))}
        </span>
      ),
    },
    {
      id: 'created',
      header: 'Made',
      from: 'medium',
      align: 'end',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    { id: 'state', header: 'State', from: 'medium', cell: (key) => <State apiKey={key} /> },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: (key) =>
        key.revokedAt === undefined && (
          <IconButton icon="trash" label={`Revoke ${key.name}`} onClick={() => onRevoke(key)} />
        ),
    },
  ];
}

function State({ apiKey: { revokedAt, expiresAt } }: { apiKey: ApiKey }) {
  if (revokedAt !== undefined) {
    return <Badge tone="grey" icon="stop" label="Revoked" />;
  }
  if (expiresAt === undefined) {
    return <Badge tone="green" label="Active" />;
  }
  return Date.parse(expiresAt) < Date.now() ? (
    <Badge tone="grey" icon="clock" label="Ended" />
  ) : (
    <span>
      Ends <RelativeTime at={expiresAt} />
    </span>
  );
}

function RotateDialog({ onClose, onRotated }: { onClose(): void; onRotated(rotated: Rotated): void }) {
  const environment = useEnvironment();
  const [isImmediate, setImmediate] = useState(false);
  const rotate = useAction(() => rotateKey(environment.id, isImmediate), { isQuiet: true, onDone: onRotated });
  return (
    <ConfirmDialog
      title={`Rotate the secret key of ${environment.name}?`}
      confirm="Rotate key"
      isBusy={rotate.isBusy}
      error={rotate.error}
      onConfirm={() => rotate.run()}
      onClose={onClose}
    >
      <p>Programs that use the present key must get the new one before the present one ends.</p>
      <CheckField
        label="End the present key at once: it was seen by somebody"
        isChecked={isImmediate}
        onChange={setImmediate}
      />
    </ConfirmDialog>
  );
}

function RevokeDialog({ apiKey, onClose, onDone }: { apiKey: ApiKey; onClose(): void; onDone(): void }) {
  const environment = useEnvironment();
  const revoke = useAction(() => revokeKey(environment.id, apiKey.id), {
    isQuiet: true,
    done: `${apiKey.name} is revoked`,
    onDone: () => {
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Revoke ${apiKey.name}?`}
      confirm="Revoke key"
      isBusy={revoke.isBusy}
      error={revoke.error}
      onConfirm={() => revoke.run()}
      onClose={onClose}
    >
      <p>Programs that use it are refused from now on. This cannot be taken back.</p>
    </ConfirmDialog>
  );
}
