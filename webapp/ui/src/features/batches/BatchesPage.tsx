import { useState } from 'react';
import { Link } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { formatDuration, shortId } from '../../lib/format';
import { useLive } from '../../lib/useLive';
import { useLoaded } from '../../lib/useLoaded';
import { usePages } from '../../lib/usePages';
import { Badge, type Tone } from '../../ui/Badge';
import { CodeBlock } from '../../ui/CodeBlock';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { Dialog } from '../../ui/Dialog';
import { EmptyState } from '../../ui/EmptyState';
import type { IconName } from '../../ui/Icon';
import { Listing } from '../../ui/Listing';
import { LiveIndicator } from '../../ui/LiveIndicator';
import { PageBody, PageHead } from '../../ui/Page';
import { Pager } from '../../ui/Pager';
import { Progress } from '../../ui/Progress';
import { RelativeTime } from '../../ui/Time';
import { type BatchItem, fetchBatch, fetchBatches } from './api';
import styles from './BatchesPage.module.css';

const LOOKS: Record<BatchItem['status'], { tone: Tone; icon: IconName; label: string }> = {
  PENDING: { tone: 'blue', icon: 'spinner', label: 'In progress' },
  COMPLETED: { tone: 'green', icon: 'check', label: 'Completed' },
  PARTIAL_FAILED: { tone: 'amber', icon: 'alert', label: 'Some items failed' },
  ABORTED: { tone: 'red', icon: 'stop', label: 'Aborted' },
};

export function BatchesPage() {
  const environment = useEnvironment();
  const pages = usePages();
  const batches = useLoaded(
    (signal) => fetchBatches(environment.id, pages.cursor, signal),
    `${environment.id} ${pages.cursor ?? ''}`,
  );
  const live = useLive(environment.id, batches.reload);
  const [open, setOpen] = useState<BatchItem>();
  const columns = columnsOf(environment.slug, setOpen);

  return (
    <>
      <PageHead title="Batches">
        <LiveIndicator {...live} />
      </PageHead>
      <PageBody>
        <Listing of={batches} label="batches" isEmpty={({ data }) => data.length === 0} empty={<FirstBatch />}>
          {({ data, next }) => (
            <DataTable
              label="Batches"
              columns={columns}
              items={data}
              keyOf={(batch) => batch.id}
              footer={<Pager pages={pages} next={next} />}
            />
          )}
        </Listing>
      </PageBody>
      {open && <ProblemsDialog batch={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function columnsOf(slug: string, onProblems: (batch: BatchItem) => void): DataColumn<BatchItem>[] {
  return [
    {
      id: 'id',
      header: 'Batch',
      isMain: true,
      cell: (batch) => (
        <Link to={`/envs/${slug}/runs?batch=${batch.id}`} title={`Runs of ${batch.id}`}>
          <code>{shortId(batch.id)}</code>
          <span className={styles.under} data-only="narrow">
            <RelativeTime at={batch.createdAt} />
          </span>
        </Link>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      cell: ({ status }) => {
        const look = LOOKS[status];
        return <Badge tone={look.tone} icon={look.icon} isSpinning={status === 'PENDING'} label={look.label} />;
      },
    },
    {
      id: 'items',
      header: 'Items',
      from: 'medium',
      cell: ({ id, received, failed, expected }) => (
        <Progress label={`Items of ${id}`} done={received - failed} failed={failed} total={expected} />
      ),
    },
    {
      id: 'finished',
      header: 'Runs ended',
      align: 'end',
      cell: ({ finished, expected, failed }) =>
        `${finished.toLocaleString('en-US')} of ${(expected - failed).toLocaleString('en-US')}`,
    },
    {
      id: 'problems',
      header: 'Not triggered',
      align: 'end',
      from: 'medium',
      cell: (batch) =>
        batch.failed === 0 ? (
          <span className={styles.quiet}>0</span>
        ) : (
          <button type="button" className={styles.link} onClick={() => onProblems(batch)}>
            {batch.failed.toLocaleString('en-US')}
          </button>
        ),
    },
    {
      id: 'duration',
      header: 'Duration',
      align: 'end',
      from: 'wide',
      cell: ({ createdAt, completedAt }) =>
        completedAt === undefined ? '–' : formatDuration(Date.parse(completedAt) - Date.parse(createdAt)),
    },
    { id: 'created', header: 'Created', align: 'end', from: 'medium', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  ];
}

function ProblemsDialog({ batch, onClose }: { batch: BatchItem; onClose(): void }) {
  const environment = useEnvironment();
  const detail = useLoaded((signal) => fetchBatch(environment.id, batch.id, signal), batch.id);
  return (
    <Dialog title={`What was not triggered in ${shortId(batch.id)}`} onClose={onClose} isWide>
      <Listing
        of={detail}
        label="items"
        isEmpty={({ processing }) => !processing || processing.errors.length === 0}
        empty={<p>Every item became a run.</p>}
      >
        {({ processing }) => (
          <DataTable
            label="Items that became no run"
            items={processing?.errors.slice(0, 200) ?? []}
            keyOf={(problem) => String(problem.index)}
            columns={[
              { id: 'index', header: 'Item', align: 'end', cell: (problem) => problem.index },
              { id: 'task', header: 'Task', cell: (problem) => problem.taskIdentifier },
              { id: 'error', header: 'Why', isMain: true, cell: (problem) => <span title={problem.error}>{problem.error}</span> },
            ]}
          />
        )}
      </Listing>
    </Dialog>
  );
}

function FirstBatch() {
  return (
    <EmptyState icon="layers" title="No batches yet">
      <p>A batch triggers many runs with one call, and tells when all of them have ended.</p>
      <CodeBlock
        title="Shell"
        text={`curl -X POST ${location.origin}/api/v2/tasks/batch \\\n  -H "Authorization: Bearer $TRIGGER_SECRET_KEY" -H 'Content-Type: application/json' \\\n  -d '{"items":[{"task":"hello-world","payload":{"name":"Ada"}},{"task":"hello-world","payload":{"name":"Alan"}}]}'`}
      />
    </EmptyState>
  );
}
