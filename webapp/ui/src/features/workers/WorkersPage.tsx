import { useEffect } from 'react';
import { formatRelative } from '../../lib/format';
import { useLoaded } from '../../lib/useLoaded';
import { useNow } from '../../lib/useNow';
import { Badge } from '../../ui/Badge';
import { CodeBlock } from '../../ui/CodeBlock';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { Listing } from '../../ui/Listing';
import { PageBody, PageHead } from '../../ui/Page';
import { Stat, Stats } from '../../ui/Stats';
import { fetchWorkers, SILENT_AFTER_MS, type Worker } from './api';
import { WorkerGroups } from './WorkerGroups';
import styles from './WorkersPage.module.css';

const EVERY_MS = 5000;

/** Who takes runs: what the supervisors told the server, and when they last called. */
export function WorkersPage() {
  const workers = useLoaded(fetchWorkers, 'workers');
  const { reload } = workers;
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && reload(), EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <>
      <PageHead title="Workers" />
      {workers.data && workers.data.length > 0 && <Totals workers={workers.data} />}
      <PageBody>
        <Listing of={workers} label="workers" isEmpty={(data) => data.length === 0} empty={<FirstWorker />}>
          {(data) => <WorkerTable workers={data} />}
        </Listing>
        <WorkerGroups />
      </PageBody>
    </>
  );
}

function Totals({ workers }: { workers: Worker[] }) {
  const now = useNow();
  const awake = workers.filter((worker) => !isSilent(worker, now));
  const sum = (pick: (worker: Worker) => number) => awake.reduce((total, worker) => total + pick(worker), 0);
  return (
    <Stats>
      <Stat name="Calling" value={awake.length} hint={`of ${workers.length} seen within a day`} />
      <Stat name="Running" value={sum((worker) => worker.running).toLocaleString('en-US')} />
      <Stat name="Free CPU" value={numberOr(sum((worker) => worker.cpuAvailable ?? 0))} />
      <Stat name="Free memory" value={`${numberOr(sum((worker) => worker.memoryAvailable ?? 0))} GB`} />
    </Stats>
  );
}

function isSilent(worker: Worker, now: number): boolean {
  return now - Date.parse(worker.lastSeenAt) > SILENT_AFTER_MS;
}

function numberOr(value: number | undefined): string {
  return value === undefined ? '–' : value.toLocaleString('en-US', { maximumFractionDigits: 1 });
}

function WorkerTable({ workers }: { workers: Worker[] }) {
  const now = useNow();
  return (
    <DataTable
      label="Workers"
      items={workers}
      keyOf={({ group, name }) => `${group} ${name}`}
      columns={[
        {
          id: 'name',
          header: 'Supervisor',
          isMain: true,
          cell: ({ name }) => <span className={styles.name}>{name}</span>,
        },
        { id: 'group', header: 'Group', from: 'wide', cell: ({ group }) => group },
        {
          id: 'state',
          header: 'State',
          cell: (worker) =>
            isSilent(worker, now) ? (
              <Badge tone="amber" icon="alert" label="Silent" title="It has not called for a minute" />
            ) : (
              <Badge tone="green" icon="check" label="Calling" />
            ),
        },
        { id: 'manager', header: 'Starts runs in', from: 'medium', cell: ({ workloadManager }) => workloadManager ?? '–' },
        { id: 'running', header: 'Running', align: 'end', cell: ({ running }) => running.toLocaleString('en-US') },
        { id: 'cpu', header: 'Free CPU', align: 'end', from: 'medium', cell: (one) => numberOr(one.cpuAvailable) },
        {
          id: 'memory',
          header: 'Free memory',
          align: 'end',
          from: 'medium',
          cell: (one) => (one.memoryAvailable === undefined ? '–' : `${numberOr(one.memoryAvailable)} GB`),
        },
        { id: 'version', header: 'Version', from: 'wide', cell: ({ version }) => version ?? '–' },
        {
          id: 'seen',
          header: 'Last call',
          align: 'end',
          cell: ({ lastSeenAt }) => formatRelative(Date.parse(lastSeenAt), now),
        },
      ]}
    />
  );
}

function FirstWorker() {
  return (
    <EmptyState icon="server" title="No supervisor has called within a day">
      <p>
        Runs wait until a supervisor takes them. <code>runyard up</code> and the compose file start one; by itself it
        needs this server's address and the worker token that the server wrote at its first start:
      </p>
      <CodeBlock
        title="Shell"
        text={`TRIGGER_API_URL=${location.origin} \\\nTRIGGER_WORKER_TOKEN=tr_wgt_… \\\njava -jar runyard-supervisor.jar`}
      />
    </EmptyState>
  );
}
