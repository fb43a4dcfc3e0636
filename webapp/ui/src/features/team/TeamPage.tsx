import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { includesRole, type Project, type Role, useSession } from '../../app/session';
import { useAction } from '../../lib/useAction';
import { type Loaded, useLoaded } from '../../lib/useLoaded';
import { Button, IconButton } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { Listing } from '../../ui/Listing';
import { PageBody, PageHead } from '../../ui/Page';
import { SecretDialog } from '../../ui/SecretDialog';
import { Tabs } from '../../ui/Tabs';
import { fetchMembers, type Invited, type Member, removeMember, ROLES, setRole } from './api';
import { AuditLog } from './AuditLog';
import { InviteDialog } from './InviteDialog';
import styles from './TeamPage.module.css';

type TabId = 'members' | 'audit';

export function TeamPage() {
  const { environments } = useSession();
  const organizations = new Map<string, { organization: Project['organization']; role: Role }>();
  for (const { project, role } of environments) {
    organizations.set(project.organization.slug, { organization: project.organization, role });
  }
  const [search, setSearch] = useSearchParams();
  const chosen = organizations.get(search.get('organization') ?? '') ?? [...organizations.values()][0];
  if (!chosen) {
    return <EmptyState icon="people" title="You belong to no organization" />;
  }
  const tab: TabId = search.get('tab') === 'audit' ? 'audit' : 'members';
  const isAdmin = includesRole(chosen.role, 'ADMIN');
  const go = (change: Record<string, string>) =>
    setSearch({ ...Object.fromEntries(search), ...change }, { replace: true });

  return (
    <>
      <PageHead title={`Team · ${chosen.organization.title}`}>
        {organizations.size > 1 && (
          <select
            className={styles.select}
            aria-label="Organization"
            value={chosen.organization.slug}
            onChange={(event) => go({ organization: event.target.value })}
          >
            {[...organizations.values()].map(({ organization }) => (
              <option key={organization.slug} value={organization.slug}>
                {organization.title}
              </option>
            ))}
          </select>
        )}
      </PageHead>
      <div className={styles.tabs}>
        <Tabs
          label="Parts of the team"
          tabs={[
            { id: 'members', label: 'Members' },
            { id: 'audit', label: 'Audit log' },
          ]}
          selected={tab}
          onSelect={(id) => go({ tab: id })}
        >
          <PageBody>
            {tab === 'members' ? (
              <Members key={chosen.organization.slug} slug={chosen.organization.slug} role={chosen.role} />
            ) : isAdmin ? (
              <AuditLog key={chosen.organization.slug} slug={chosen.organization.slug} />
            ) : (
              <EmptyState icon="eye" title="The audit log is for administrators" />
            )}
          </PageBody>
        </Tabs>
      </div>
    </>
  );
}

function Members({ slug, role }: { slug: string; role: Role }) {
  const members = useLoaded((signal) => fetchMembers(slug, signal), slug);
  const [open, setOpen] = useState<{ invite: true } | { remove: Member } | { invited: Invited }>();
  const close = () => setOpen(undefined);
  return (
    <>
      {includesRole(role, 'ADMIN') && (
        <div className={styles.tools}>
          <Button look="primary" icon="plus" onClick={() => setOpen({ invite: true })}>
            Invite
          </Button>
        </div>
      )}
      <MemberTable slug={slug} role={role} members={members} onRemove={(member) => setOpen({ remove: member })} />
      {open && 'invite' in open && (
        <InviteDialog
          slug={slug}
          mine={role}
          onClose={close}
          onInvited={(invited) => {
            members.reload();
            setOpen(invited.link === undefined ? undefined : { invited });
          }}
        />
      )}
      {open && 'invited' in open && (
        <SecretDialog
          title="Send them this link"
          secret={open.invited.link ?? ''}
          note="It signs them in, once. They can set a password on their account page then."
          onClose={close}
        />
      )}
      {open && 'remove' in open && (
        <RemoveDialog slug={slug} member={open.remove} onClose={close} onDone={members.reload} />
      )}
    </>
  );
}

interface TableProps {
  slug: string;
  role: Role;
  members: Loaded<Member[]>;
  onRemove(member: Member): void;
}

function MemberTable({ slug, role, members, onRemove }: TableProps) {
  const { user } = useSession();
  const change = useAction((member: Member, next: Role) => setRole(slug, member.email, next), {
    done: 'The role is changed',
    onDone: members.reload,
  });
  const columns: DataColumn<Member>[] = [
    {
      id: 'name',
      header: 'Name',
      isMain: true,
      cell: (member) => (
        <>
          <span className={styles.name}>{member.name || member.email}</span>
          {member.id === user.id && <span className={styles.quiet}> you</span>}
        </>
      ),
    },
    { id: 'email', header: 'E-mail', from: 'medium', cell: ({ email }) => email },
    {
      id: 'role',
      header: 'Role',
      cell: (member) => (
        <select
          className={styles.select}
          aria-label={`Role of ${member.email}`}
          value={member.role}
          disabled={!includesRole(role, 'ADMIN') || !includesRole(role, member.role) || change.isBusy}
          onChange={(event) => change.run(member, event.target.value as Role)}
        >
          {ROLES.map((one) => (
            <option key={one.role} value={one.role} disabled={!includesRole(role, one.role)} title={one.meaning}>
              {one.role.charAt(0) + one.role.slice(1).toLowerCase()}
            </option>
          ))}
        </select>
      ),
    },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: (member) => (
        <IconButton
          icon="trash"
          label={`Remove ${member.email}`}
          disabled={member.id !== user.id && !includesRole(role, 'ADMIN')}
          onClick={() => onRemove(member)}
        />
      ),
    },
  ];
  return (
    <Listing of={members} label="members" isEmpty={(data) => data.length === 0} empty={null}>
      {(data) => <DataTable label="Members" columns={columns} items={data} keyOf={({ id }) => id} />}
    </Listing>
  );
}

interface RemoveProps {
  slug: string;
  member: Member;
  onClose(): void;
  onDone(): void;
}

function RemoveDialog({ slug, member, onClose, onDone }: RemoveProps) {
  const remove = useAction(() => removeMember(slug, member.id), {
    isQuiet: true,
    done: `${member.email} is no member any more`,
    onDone: () => {
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Remove ${member.name || member.email}?`}
      confirm="Remove member"
      isBusy={remove.isBusy}
      error={remove.error}
      onConfirm={() => remove.run()}
      onClose={onClose}
    >
      <p>They lose the sight of every project of this organization at once. What they made stays.</p>
    </ConfirmDialog>
  );
}
