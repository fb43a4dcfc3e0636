import { useState } from 'react';
import { Link } from 'react-router';
import { useEnvironment, useMayChange } from '../../app/environment';
import { useAction } from '../../lib/useAction';
import { useLive } from '../../lib/useLive';
import { useLoaded } from '../../lib/useLoaded';
import { Badge } from '../../ui/Badge';
import { IconButton } from '../../ui/Button';
import { CodeBlock } from '../../ui/CodeBlock';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { Listing } from '../../ui/Listing';
import { LiveIndicator } from '../../ui/LiveIndicator';
import { NumberedPager } from '../../ui/NumberedPager';
import { PageBody, PageHead } from '../../ui/Page';
import { Stat, Stats } from '../../ui/Stats';
import { fetchQueues, fullName, healthOf, type QueueItem, type QueueList, setPaused } from './api';
import { EnvironmentPause } from './EnvironmentPause';
import { KeysDialog } from './KeysDialog';
import { LimitDialog } from './LimitDialog';
import styles from './QueuesPage.module.css';

type Open = { name: 'limit' | 'keys'; queue: QueueItem };

export function QueuesPage() {
  const environment = useEnvironment();
  const [page, setPage] = useState(1);
  const queues = useLoaded((signal) => fetchQueues(environment.id, page, signal), `${environment.id} ${page}`);
  const live = useLive(environment.id, queues.reload, 5000);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);

  return (
    <>
      <PageHead title="Queues">
        <EnvironmentPause onChanged={queues.reload} />
        <LiveIndicator {...live} />
      </PageHead>
      {queues.data && queues.data.data.length > 0 && (
        <Totals list={queues.data} limit={environment.concurrencyLimit} />
      )}
      <PageBody>
        <Listing of={queues} label="queues" isEmpty={({ data }) => data.length === 0} empty={<FirstQueue />}>
          {(list) => (
            <QueueTable list={list} onOpen={setOpen} onChanged={queues.reload} onPage={setPage} />
          )}
        </Listing>
      </PageBody>
      {open?.name === 'limit' && <LimitDialog queue={open.queue} onClose={close} onChanged={queues.reload} />}
      {open?.name === 'keys' && <KeysDialog queue={open.queue} onClose={close} />}
    </>
  );
}

function Totals({ list: { data, pagination }, limit }: { list: QueueList; limit: number }) {
  const sum = (pick: (queue: QueueItem) => number) => data.reduce((total, queue) => total + pick(queue), 0);
  const running = sum((queue) => queue.running);
  return (
    <Stats>
      <Stat name="Queued" value={sum((queue) => queue.queued).toLocaleString('en-US')} />
      <Stat name="Running" value={running.toLocaleString('en-US')} hint={`of ${limit}`} />
      <Stat name="Environment in use" value={`${Math.round((running / Math.max(1, limit)) * 100)} %`} />
      <Stat name="Queues" value={pagination.count.toLocaleString('en-US')} />
      <Stat name="Paused" value={sum((queue) => (queue.paused ? 1 : 0))} />
    </Stats>
  );
}

interface TableProps {
  list: QueueList;
  onOpen(open: Open): void;
  onChanged(): void;
  onPage(page: number): void;
}

function QueueTable({ list, onOpen, onChanged, onPage }: TableProps) {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  const pause = useAction(
    (queue: QueueItem) => setPaused(environment.id, queue, !queue.paused),
    { done: (queue) => `${queue.name} is ${queue.paused ? 'paused' : 'resumed'}`, onDone: onChanged },
  );
  const runs = (queue: QueueItem, status: string) =>
    `/envs/${environment.slug}/runs?queue=${encodeURIComponent(fullName(queue))}&status=${status}`;
  const columns: DataColumn<QueueItem>[] = [
    {
      id: 'name',
      header: 'Queue',
      isMain: true,
      cell: (queue) => (
        <div className={styles.queue}>
          <span className={styles.name} title={queue.name}>
            {queue.name}
          </span>
          {queue.type === 'task' && (
            <span className={styles.kind} data-from="medium">
              task
            </span>
          )}
          {queue.paused && (
            <span className={styles.paused} data-only="narrow">
              Paused
            </span>
          )}
        </div>
      ),
    },
    {
      id: 'queued',
      header: 'Queued',
      align: 'end',
      cell: (queue) => <Count value={queue.queued} to={runs(queue, 'QUEUED')} />,
    },
    {
      id: 'running',
      header: 'Running',
      align: 'end',
      cell: (queue) => <Count value={queue.running} to={runs(queue, 'DEQUEUED,EXECUTING')} />,
    },
    {
      id: 'limit',
      header: 'Limit',
      from: 'medium',
      align: 'end',
      cell: (queue) => <LimitText queue={queue} limit={environment.concurrencyLimit} />,
    },
    {
      id: 'health',
      header: 'State',
      from: 'medium',
      cell: (queue) => {
        const health = healthOf(queue, environment.concurrencyLimit);
        return <Badge tone={health.tone} label={health.label} title={health.meaning} />;
      },
    },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: (queue) => (
        <span className={styles.actions}>
          <IconButton icon="layers" label={`Keys of ${queue.name}`} onClick={() => onOpen({ name: 'keys', queue })} />
          <span data-from="medium">
            <IconButton
              icon="edit"
              label={`Limit of ${queue.name}`}
              disabled={!mayChange}
              onClick={() => onOpen({ name: 'limit', queue })}
            />
          </span>
          <IconButton
            icon={queue.paused ? 'play' : 'pause'}
            label={`${queue.paused ? 'Resume' : 'Pause'} ${queue.name}`}
            disabled={!mayChange || pause.isBusy}
            onClick={() => pause.run(queue)}
          />
        </span>
      ),
    },
  ];
  return (
    <DataTable
      label="Queues"
      columns={columns}
      items={list.data}
      keyOf={(queue) => queue.id}
      footer={<NumberedPager pages={list.pagination} onPage={onPage} />}
    />
  );
}

/** Nothing leads nowhere: a zero is not a link. */
function Count({ value, to }: { value: number; to: string }) {
  return value === 0 ? <span className={styles.quiet}>0</span> : <Link to={to}>{value.toLocaleString('en-US')}</Link>;
}

function LimitText({ queue, limit }: { queue: QueueItem; limit: number }) {
  const { override, base } = queue.concurrency;
  if (override !== null) {
    return (
      <span title={`Set here; the version says ${base ?? 'nothing'}`}>
        {override} <span className={styles.kind}>override</span>
      </span>
    );
  }
  return queue.concurrencyLimit === null ? (
    <span className={styles.quiet} title="Only the limit of the environment holds">
      {limit}
    </span>
  ) : (
    queue.concurrencyLimit
  );
}

function FirstQueue() {
  return (
    <EmptyState icon="queue" title="No queues yet">
      <p>Every task gets a queue of its own with its first run. To let tasks share a limit, name a queue:</p>
      <CodeBlock
        title="Java"
        text={'Task.define("send-mail")\n    .queue(TaskQueue.named("mail").withLimit(5)) // at most five at once\n    .run((mail, context) -> send(mail));'}
      />
    </EmptyState>
  );
}
