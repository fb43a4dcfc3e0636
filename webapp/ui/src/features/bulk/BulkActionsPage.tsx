import { useState } from 'react';
import { Link } from 'react-router';
import { useEnvironment, useMayChange } from '../../app/environment';
import { shortId } from '../../lib/format';
import { useAction } from '../../lib/useAction';
import { useLive } from '../../lib/useLive';
import { useLoaded } from '../../lib/useLoaded';
import { usePages } from '../../lib/usePages';
import { Badge, type Tone } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { Icon, type IconName } from '../../ui/Icon';
import { Listing } from '../../ui/Listing';
import { LiveIndicator } from '../../ui/LiveIndicator';
import { PageBody, PageHead } from '../../ui/Page';
import { Pager } from '../../ui/Pager';
import { Progress } from '../../ui/Progress';
import { RelativeTime } from '../../ui/Time';
import { abortBulkAction, type BulkAction, fetchBulkActions } from './api';

const LOOKS: Record<BulkAction['status'], { tone: Tone; icon: IconName; label: string }> = {
  PENDING: { tone: 'blue', icon: 'spinner', label: 'In progress' },
  COMPLETED: { tone: 'green', icon: 'check', label: 'Completed' },
  ABORTED: { tone: 'grey', icon: 'stop', label: 'Aborted' },
};

export function BulkActionsPage() {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  const pages = usePages();
  const actions = useLoaded(
    (signal) => fetchBulkActions(environment.id, pages.cursor, signal),
    `${environment.id} ${pages.cursor ?? ''}`,
  );
  const live = useLive(environment.id, actions.reload, 2000);
  const [aborting, setAborting] = useState<BulkAction>();
  const columns = columnsOf(environment.slug, mayChange ? setAborting : undefined);

  return (
    <>
      <PageHead title="Bulk actions">
        <LiveIndicator {...live} />
      </PageHead>
      <PageBody>
        <Listing
          of={actions}
          label="bulk actions"
          isEmpty={({ data }) => data.length === 0}
          empty={<FirstAction slug={environment.slug} />}
        >
          {({ data, pagination }) => (
            <DataTable
              label="Bulk actions"
              columns={columns}
              items={data}
              keyOf={(action) => action.id}
              footer={<Pager pages={pages} next={pagination.next} />}
            />
          )}
        </Listing>
      </PageBody>
      {aborting && (
        <AbortDialog action={aborting} onClose={() => setAborting(undefined)} onDone={actions.reload} />
      )}
    </>
  );
}

function columnsOf(slug: string, onAbort: ((action: BulkAction) => void) | undefined): DataColumn<BulkAction>[] {
  return [
    {
      id: 'name',
      header: 'Action',
      isMain: true,
      cell: (action) => (
        <Link to={`/envs/${slug}/runs?bulkAction=${action.id}`} title={action.id}>
          {action.name ?? <code>{shortId(action.id)}</code>}
          <span data-only="narrow"> · {action.type === 'CANCEL' ? 'Cancel' : 'Replay'}</span>
        </Link>
      ),
    },
    {
      id: 'kind',
      header: 'Kind',
      from: 'medium',
      cell: ({ type }) => (
        <Badge tone="grey" icon={type === 'CANCEL' ? 'stop' : 'replay'} label={type === 'CANCEL' ? 'Cancel' : 'Replay'} />
      ),
    },
    {
      id: 'status',
      header: 'Status',
      from: 'medium',
      cell: ({ status }) => {
        const look = LOOKS[status];
        return <Badge tone={look.tone} icon={look.icon} isSpinning={status === 'PENDING'} label={look.label} />;
      },
    },
    {
      id: 'progress',
      header: 'Runs',
      cell: ({ id, counts }) => (
        <Progress label={`Progress of ${id}`} done={counts.success} failed={counts.failure} total={counts.total} />
      ),
    },
    {
      id: 'created',
      header: 'Started',
      align: 'end',
      from: 'medium',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: (action) =>
        action.status === 'PENDING' &&
        onAbort && (
          <Button look="danger" icon="stop" onClick={() => onAbort(action)}>
            Abort
          </Button>
        ),
    },
  ];
}

function AbortDialog({ action, onClose, onDone }: { action: BulkAction; onClose(): void; onDone(): void }) {
  const environment = useEnvironment();
  const abort = useAction(() => abortBulkAction(environment.id, action.id), {
    isQuiet: true,
    done: 'The bulk action is aborted',
    onDone: () => {
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title="Abort this bulk action?"
      confirm="Abort it"
      isBusy={abort.isBusy}
      error={abort.error}
      onConfirm={() => abort.run()}
      onClose={onClose}
    >
      <p>Runs that it has dealt with stay as they are now; the others are left alone.</p>
    </ConfirmDialog>
  );
}

function FirstAction({ slug }: { slug: string }) {
  return (
    <EmptyState icon="many" title="No bulk actions yet">
      <p>
        On the <Link to={`/envs/${slug}/runs`}>runs page</Link>, select runs or set a filter, then cancel or replay all of
        them at once. Their progress stands here.
      </p>
      <p>
        <Link to={`/envs/${slug}/runs?status=FAILED,CRASHED,SYSTEM_FAILURE,TIMED_OUT,EXPIRED`}>
          <Icon name="replay" size={13} /> Look at runs that failed
        </Link>
      </p>
    </EmptyState>
  );
}
