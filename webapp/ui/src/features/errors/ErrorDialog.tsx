import { Link } from 'react-router';
import { useEnvironment, useMayChange } from '../../app/environment';
import { useLoaded } from '../../lib/useLoaded';
import { shortId } from '../../lib/format';
import { Button } from '../../ui/Button';
import { CodeBlock } from '../../ui/CodeBlock';
import { DataTable } from '../../ui/DataTable';
import { Dialog } from '../../ui/Dialog';
import { ErrorState } from '../../ui/ErrorState';
import { Loading } from '../../ui/Loading';
import { RelativeTime } from '../../ui/Time';
import { fetchRun } from '../run/api';
import { StatusBadge } from '../runs/StatusBadge';
import { type ErrorGroup, type FailedRun, fetchFailedRuns, shortName } from './api';
import styles from './ErrorsPage.module.css';

interface Props {
  group: ErrorGroup;
  onClose(): void;
  onReplay(runs: FailedRun[]): void;
}

/** One kind of error: its newest stack trace, and the runs that it ended. */
export function ErrorDialog({ group, onClose, onReplay }: Props) {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  const failed = useLoaded((signal) => fetchFailedRuns(environment.id, group.fingerprint, signal), group.fingerprint);
  const newest = failed.data?.[0]?.id;
  const runs = failed.data ?? [];
  return (
    <Dialog
      title={`${shortName(group.name)} in ${group.taskId}`}
      onClose={onClose}
      isWide
      actions={
        <Button icon="replay" disabled={!mayChange || runs.length === 0} onClick={() => onReplay(runs)}>
          Replay these runs
        </Button>
      }
    >
      {newest !== undefined && <NewestTrace runId={newest} message={group.message} />}
      {failed.error !== undefined && <ErrorState error={failed.error} onRetry={failed.reload} />}
      {failed.data === undefined && failed.error === undefined && <Loading label="Loading runs" />}
      {runs.length > 0 && (
        <Link to={`/envs/${environment.slug}/runs?error=error_${group.fingerprint}`}>All runs that failed so</Link>
      )}
      {runs.length > 0 && (
        <DataTable
          label="Runs that failed so"
          items={runs}
          keyOf={({ id }) => id}
          columns={[
            {
              id: 'run',
              header: 'Run',
              cell: ({ id }) => (
                <Link to={`/envs/${environment.slug}/runs/${id}`} title={id}>
                  <code>{shortId(id)}</code>
                </Link>
              ),
            },
            { id: 'status', header: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
            { id: 'message', header: 'Message', isMain: true, cell: ({ message }) => <span title={message}>{message}</span> },
            { id: 'at', header: 'When', align: 'end', cell: ({ at }) => <RelativeTime at={at} /> },
          ]}
        />
      )}
    </Dialog>
  );
}

function NewestTrace({ runId, message }: { runId: string; message: string }) {
  const environment = useEnvironment();
  const run = useLoaded(() => fetchRun(environment.id, runId), runId);
  const text = run.data?.error?.stackTrace || run.data?.error?.message || message;
  return (
    <div className={styles.trace}>
      <CodeBlock title="Newest" text={text} tone="red" />
    </div>
  );
}
