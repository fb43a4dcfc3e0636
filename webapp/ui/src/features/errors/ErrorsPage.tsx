import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useEnvironment, useMayChange } from '../../app/environment';
import { useAction } from '../../lib/useAction';
import { useLive } from '../../lib/useLive';
import { useLoaded } from '../../lib/useLoaded';
import { Badge, type Tone } from '../../ui/Badge';
import { Button, IconButton } from '../../ui/Button';
import { Choices } from '../../ui/Choices';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { Listing } from '../../ui/Listing';
import { LiveIndicator } from '../../ui/LiveIndicator';
import { PageBar, PageBody, PageHead } from '../../ui/Page';
import { Sparkline } from '../../ui/Sparkline';
import { RelativeTime } from '../../ui/Time';
import { BulkDialog } from '../bulk/BulkDialog';
import { type ErrorGroup, type ErrorState, type FailedRun, fetchErrors, setState, shortName } from './api';
import { ErrorDialog } from './ErrorDialog';
import styles from './ErrorsPage.module.css';

const PERIODS = [
  { value: '1h', label: '1 hour' },
  { value: '1d', label: '1 day' },
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
];

const STATES: { value: ErrorState | 'ALL'; label: string }[] = [
  { value: 'OPEN', label: 'Open' },
  { value: 'RESOLVED', label: 'Resolved' },
  { value: 'IGNORED', label: 'Ignored' },
  { value: 'ALL', label: 'All' },
];

const LOOKS: Record<ErrorState, { tone: Tone; label: string }> = {
  OPEN: { tone: 'red', label: 'Open' },
  RESOLVED: { tone: 'green', label: 'Resolved' },
  IGNORED: { tone: 'grey', label: 'Ignored' },
};

export function ErrorsPage() {
  const environment = useEnvironment();
  const [search, setSearch] = useSearchParams();
  const period = PERIODS.find(({ value }) => value === search.get('period'))?.value ?? '7d';
  const state = STATES.find(({ value }) => value === search.get('state'))?.value ?? 'OPEN';
  const errors = useLoaded((signal) => fetchErrors(environment.id, period, signal), `${environment.id} ${period}`);
  const live = useLive(environment.id, errors.reload);
  const [open, setOpen] = useState<ErrorGroup>();
  const [replaying, setReplaying] = useState<FailedRun[]>();
  const set = (change: Record<string, string>) =>
    setSearch({ ...Object.fromEntries(search), ...change }, { replace: true });
  const shown = errors.data?.filter((group) => state === 'ALL' || group.state === state) ?? [];

  return (
    <>
      <PageHead title="Errors">
        <LiveIndicator {...live} />
      </PageHead>
      <PageBar>
        <Choices label="State" choices={STATES} value={state} onChange={(value) => set({ state: value })} />
        <Choices label="Period" choices={PERIODS} value={period} onChange={(value) => set({ period: value })} />
      </PageBar>
      <PageBody>
        <Listing of={errors} label="errors" isEmpty={() => shown.length === 0} empty={<NoErrors state={state} />}>
          {() => <ErrorTable items={shown} onOpen={setOpen} onChanged={errors.reload} />}
        </Listing>
      </PageBody>
      {open && (
        <ErrorDialog
          group={open}
          onClose={() => setOpen(undefined)}
          onReplay={(runs) => {
            setOpen(undefined);
            setReplaying(runs);
          }}
        />
      )}
      {replaying && (
        <BulkDialog
          kind="replay"
          target={{ runIds: replaying.map(({ id }) => id) }}
          about={`${replaying.length} failed runs`}
          onClose={() => setReplaying(undefined)}
        />
      )}
    </>
  );
}

interface TableProps {
  items: ErrorGroup[];
  onOpen(group: ErrorGroup): void;
  onChanged(): void;
}

function ErrorTable({ items, onOpen, onChanged }: TableProps) {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  const change = useAction((group: ErrorGroup, state: ErrorState) => setState(environment.id, group.fingerprint, state), {
    onDone: onChanged,
  });
  const columns: DataColumn<ErrorGroup>[] = [
    {
      id: 'error',
      header: 'Error',
      isMain: true,
      cell: (group) => (
        <button type="button" className={styles.error} onClick={() => onOpen(group)}>
          <span className={styles.name} title={group.name}>
            {shortName(group.name)}
          </span>
          <span className={styles.message}>{group.message || 'without a message'}</span>
        </button>
      ),
    },
    {
      id: 'task',
      header: 'Task',
      from: 'medium',
      cell: ({ taskId }) => (
        <Link to={`/envs/${environment.slug}/runs?task=${encodeURIComponent(taskId)}`}>{taskId}</Link>
      ),
    },
    { id: 'count', header: 'Failures', align: 'end', cell: ({ count }) => count.toLocaleString('en-US') },
    {
      id: 'activity',
      header: 'Activity',
      from: 'medium',
      cell: ({ bars, count }) => (
        <Sparkline bars={bars.map((bar) => ({ total: bar, failed: bar }))} label={`${count} failures over the period`} />
      ),
    },
    { id: 'first', header: 'First seen', from: 'wide', align: 'end', cell: ({ firstSeen }) => <RelativeTime at={firstSeen} /> },
    { id: 'last', header: 'Last seen', align: 'end', cell: ({ lastSeen }) => <RelativeTime at={lastSeen} /> },
    {
      id: 'state',
      header: 'State',
      from: 'wide',
      cell: ({ state, changedBy }) => (
        <Badge tone={LOOKS[state].tone} label={LOOKS[state].label} {...(changedBy ? { title: `By ${changedBy}` } : {})} />
      ),
    },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: (group) =>
        group.state === 'OPEN' ? (
          <span className={styles.actions}>
            <IconButton
              icon="check"
              label={`Resolve ${shortName(group.name)}: it opens again when it happens again`}
              disabled={!mayChange || change.isBusy}
              onClick={() => change.run(group, 'RESOLVED')}
            />
            <IconButton
              icon="stop"
              label={`Ignore ${shortName(group.name)}`}
              disabled={!mayChange || change.isBusy}
              onClick={() => change.run(group, 'IGNORED')}
            />
          </span>
        ) : (
          <Button look="ghost" disabled={!mayChange || change.isBusy} onClick={() => change.run(group, 'OPEN')}>
            Reopen
          </Button>
        ),
    },
  ];
  return <DataTable label="Errors" columns={columns} items={items} keyOf={({ fingerprint }) => fingerprint} />;
}

function NoErrors({ state }: { state: ErrorState | 'ALL' }) {
  const { slug } = useEnvironment();
  return (
    <EmptyState icon="check" title={state === 'OPEN' ? 'Nothing is broken' : 'There is no such error'}>
      <p>
        Runs that fail for good are gathered here by what went wrong. To be told when it happens,{' '}
        <Link to={`/envs/${slug}/alerts`}>set up an alert</Link>.
      </p>
    </EmptyState>
  );
}
