import { useState } from 'react';
import { useLastEnvironment } from '../../app/environment';
import { type Environment, includesRole, useSession } from '../../app/session';
import { useAction } from '../../lib/useAction';
import { useLoaded } from '../../lib/useLoaded';
import { Tag } from '../../ui/Badge';
import { Button, IconButton } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { Listing } from '../../ui/Listing';
import { Section } from '../../ui/Page';
import { SecretDialog } from '../../ui/SecretDialog';
import { assignGroup, fetchGroups, removeGroup, type WorkerGroup } from './groups';
import { NewGroupDialog } from './NewGroupDialog';
import { TokensDialog } from './TokensDialog';
import styles from './WorkersPage.module.css';

type Open = { new: true } | { tokens: string } | { remove: WorkerGroup } | { secret: string };

/** Groups of supervisors, and which one takes the runs of an environment; for administrators. */
export function WorkerGroups() {
  const current = useLastEnvironment();
  return current && includesRole(current.role, 'ADMIN') ? (
    <Groups key={current.project.organization.slug} slug={current.project.organization.slug} />
  ) : null;
}

function Groups({ slug }: { slug: string }) {
  const groups = useLoaded((signal) => fetchGroups(slug, signal), slug);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const shown = open && 'tokens' in open ? groups.data?.find(({ id }) => id === open.tokens) : undefined;
  const showSecret = (secret: string) => {
    groups.reload();
    setOpen({ secret });
  };
  return (
    <div className={styles.groups}>
      <Section
        title="Groups"
        hint="Supervisors with a token of a group take the runs of its environments and of no other. What is shared serves all organizations."
        tools={
          <Button look="primary" icon="plus" onClick={() => setOpen({ new: true })}>
            New group
          </Button>
        }
      >
        <Listing of={groups} label="groups" isEmpty={() => false} empty={null}>
          {(data) => (
            <DataTable
              label="Groups"
              items={data}
              keyOf={({ id }) => id}
              columns={columnsOf(
                ({ id }) => setOpen({ tokens: id }),
                (remove) => setOpen({ remove }),
              )}
            />
          )}
        </Listing>
      </Section>
      {groups.data && <Assignments slug={slug} groups={groups.data} onChanged={groups.reload} />}
      {open && 'new' in open && <NewGroupDialog slug={slug} onClose={close} onMade={showSecret} />}
      {shown && (
        <TokensDialog slug={slug} group={shown} onClose={close} onMade={showSecret} onChanged={groups.reload} />
      )}
      {open && 'remove' in open && (
        <RemoveDialog slug={slug} group={open.remove} onClose={close} onDone={groups.reload} />
      )}
      {open && 'secret' in open && (
        <SecretDialog
          title="The group's new token"
          secret={open.secret}
          note="Start supervisors with it as TRIGGER_WORKER_TOKEN. Copy it now: nobody can read it again."
          onClose={close}
        />
      )}
    </div>
  );
}

function columnsOf(onTokens: (group: WorkerGroup) => void, onRemove: (group: WorkerGroup) => void) {
  const columns: DataColumn<WorkerGroup>[] = [
    {
      id: 'name',
      header: 'Group',
      isMain: true,
      cell: ({ name, isShared }) => (
        <span className={styles.tagged}>
          <span className={styles.name}>{name}</span>
          {isShared && <Tag>shared</Tag>}
        </span>
      ),
    },
    { id: 'environments', header: 'Environments', align: 'end', cell: (group) => group.environments.length },
    {
      id: 'tokens',
      header: 'Tokens',
      align: 'end',
      from: 'medium',
      cell: (group) => (group.isShared ? '–' : group.tokens.length),
    },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: (group) =>
        group.isShared ? null : (
          <>
            <IconButton icon="key" label={`Tokens of ${group.name}`} onClick={() => onTokens(group)} />
            <IconButton
              icon="trash"
              label={`Remove ${group.name}`}
              disabled={group.environments.length > 0}
              onClick={() => onRemove(group)}
            />
          </>
        ),
    },
  ];
  return columns;
}

interface AssignmentsProps {
  slug: string;
  groups: WorkerGroup[];
  onChanged(): void;
}

function Assignments({ slug, groups, onChanged }: AssignmentsProps) {
  const { environments } = useSession();
  const assign = useAction((environment: Environment, name: string) => assignGroup(environment.id, name), {
    done: 'Runs that wait go over to the group',
    onDone: onChanged,
  });
  return (
    <Section title="Who takes the runs" hint="Branches follow their environment. What executes ends where it is.">
      <DataTable
        label="Who takes the runs"
        items={environments.filter((one) => one.project.organization.slug === slug && one.branch === undefined)}
        keyOf={({ id }) => id}
        columns={[
          { id: 'name', header: 'Environment', isMain: true, cell: (one) => <span className={styles.name}>{one.name}</span> },
          { id: 'project', header: 'Project', from: 'medium', cell: (one) => one.project.name },
          {
            id: 'group',
            header: 'Group',
            align: 'end',
            cell: (one) => (
              <select
                className={styles.select}
                aria-label={`Group of ${one.name}`}
                value={groups.find((group) => group.environments.includes(one.id))?.name ?? ''}
                disabled={assign.isBusy}
                onChange={(event) => assign.run(one, event.target.value)}
              >
                {groups.map(({ id, name }) => (
                  <option key={id} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            ),
          },
        ]}
      />
    </Section>
  );
}

interface RemoveProps {
  slug: string;
  group: WorkerGroup;
  onClose(): void;
  onDone(): void;
}

function RemoveDialog({ slug, group, onClose, onDone }: RemoveProps) {
  const remove = useAction(() => removeGroup(slug, group.id), {
    isQuiet: true,
    done: `${group.name} is removed`,
    onDone: () => {
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Remove ${group.name}?`}
      confirm="Remove group"
      isBusy={remove.isBusy}
      error={remove.error}
      onConfirm={() => remove.run()}
      onClose={onClose}
    >
      <p>Its tokens end with it. Supervisors that still have one are refused, and cannot report what they execute.</p>
    </ConfirmDialog>
  );
}
