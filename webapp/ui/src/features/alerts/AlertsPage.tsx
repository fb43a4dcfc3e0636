import { useState } from 'react';
import { useEnvironment, useMayChange } from '../../app/environment';
import { useAction } from '../../lib/useAction';
import { useLoaded } from '../../lib/useLoaded';
import { Badge } from '../../ui/Badge';
import { Button, IconButton } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import type { IconName } from '../../ui/Icon';
import { Listing } from '../../ui/Listing';
import { PageBody, PageHead } from '../../ui/Page';
import { SecretDialog } from '../../ui/SecretDialog';
import { type Channel, type ChannelKind, deleteChannel, fetchChannels, testChannel } from './api';
import styles from './AlertsPage.module.css';
import { ChannelDialog } from './ChannelDialog';
import { DeliveriesDialog } from './DeliveriesDialog';

type Open =
  | { name: 'new' }
  | { name: 'edit' | 'delete' | 'log'; channel: Channel }
  | { name: 'secret'; secret: string };

const KINDS: Record<ChannelKind, { icon: IconName; label: string }> = {
  WEBHOOK: { icon: 'out', label: 'Webhook' },
  SLACK: { icon: 'people', label: 'Slack' },
  EMAIL: { icon: 'ticket', label: 'E-mail' },
};

export function AlertsPage() {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  const channels = useLoaded((signal) => fetchChannels(environment.id, signal), environment.id);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const canMail = channels.data?.canMail ?? false;
  const create = (
    <Button look="primary" icon="plus" disabled={!mayChange} onClick={() => setOpen({ name: 'new' })}>
      New alert
    </Button>
  );

  return (
    <>
      <PageHead title="Alerts">{create}</PageHead>
      <PageBody>
        <Listing
          of={channels}
          label="alerts"
          isEmpty={({ data }) => data.length === 0}
          empty={
            <EmptyState icon="bell" title="Nobody is told yet">
              <p>
                Be told when a run fails for good or a version is deployed: by a signed webhook, in Slack, or by e-mail
                where the server has a mail server.
              </p>
              <div>{create}</div>
            </EmptyState>
          }
        >
          {({ data }) => <ChannelTable items={data} onOpen={setOpen} />}
        </Listing>
      </PageBody>
      {open?.name === 'new' && (
        <ChannelDialog
          canMail={canMail}
          onClose={close}
          onSaved={(secret) => {
            channels.reload();
            setOpen(secret === undefined ? undefined : { name: 'secret', secret });
          }}
        />
      )}
      {open?.name === 'edit' && (
        <ChannelDialog
          channel={open.channel}
          canMail={canMail}
          onClose={close}
          onSaved={() => {
            channels.reload();
            close();
          }}
        />
      )}
      {open?.name === 'log' && <DeliveriesDialog channel={open.channel} onClose={close} />}
      {open?.name === 'delete' && (
        <DeleteDialog channel={open.channel} onClose={close} onDone={channels.reload} />
      )}
      {open?.name === 'secret' && (
        <SecretDialog
          title="Signing secret"
          secret={open.secret}
          note="Check x-runyard-signature with it: HMAC-SHA256 of the time, a dot and the body. Copy it now: nobody can read it again."
          onClose={close}
        />
      )}
    </>
  );
}

function ChannelTable({ items, onOpen }: { items: Channel[]; onOpen(open: Open): void }) {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  const test = useAction((channel: Channel) => testChannel(environment.id, channel.id).then(() => channel), {
    done: 'A test is on its way',
    onDone: (channel) => onOpen({ name: 'log', channel }),
  });
  const columns: DataColumn<Channel>[] = [
    {
      id: 'name',
      header: 'Name',
      isMain: true,
      cell: (one) => (
        <span className={styles.name}>
          {one.name} <span className={styles.quiet}>{one.target}</span>
        </span>
      ),
    },
    {
      id: 'kind',
      header: 'By',
      cell: ({ kind }) => <Badge tone="grey" icon={KINDS[kind].icon} label={KINDS[kind].label} />,
    },
    {
      id: 'about',
      header: 'Tells of',
      from: 'medium',
      cell: (one) =>
        [one.onRunFailure && 'failed runs', one.onDeployment && 'deployments'].filter(Boolean).join(', ') || 'nothing',
    },
    {
      id: 'state',
      header: 'State',
      from: 'medium',
      cell: ({ isEnabled }) => <Badge tone={isEnabled ? 'green' : 'grey'} label={isEnabled ? 'On' : 'Off'} />,
    },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: (channel) => (
        <span className={styles.actions}>
          <Button icon="play" disabled={!mayChange || test.isBusy} onClick={() => test.run(channel)}>
            Test
          </Button>
          <IconButton icon="eye" label={`Log of ${channel.name}`} onClick={() => onOpen({ name: 'log', channel })} />
          <IconButton
            icon="edit"
            label={`Edit ${channel.name}`}
            disabled={!mayChange}
            onClick={() => onOpen({ name: 'edit', channel })}
          />
          <IconButton
            icon="trash"
            label={`Delete ${channel.name}`}
            disabled={!mayChange}
            onClick={() => onOpen({ name: 'delete', channel })}
          />
        </span>
      ),
    },
  ];
  return <DataTable label="Alerts" columns={columns} items={items} keyOf={({ id }) => id} />;
}

function DeleteDialog({ channel, onClose, onDone }: { channel: Channel; onClose(): void; onDone(): void }) {
  const environment = useEnvironment();
  const remove = useAction(() => deleteChannel(environment.id, channel.id), {
    isQuiet: true,
    done: `${channel.name} is deleted`,
    onDone: () => {
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Delete ${channel.name}?`}
      confirm="Delete alert"
      isBusy={remove.isBusy}
      error={remove.error}
      onConfirm={() => remove.run()}
      onClose={onClose}
    >
      <p>Its log goes with it. Nobody is told through it any more.</p>
    </ConfirmDialog>
  );
}
