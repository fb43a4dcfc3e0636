import { useEnvironment } from '../../app/environment';
import { formatClock } from '../../lib/format';
import { useLoaded } from '../../lib/useLoaded';
import { CodeBlock } from '../../ui/CodeBlock';
import { DataTable } from '../../ui/DataTable';
import { Dialog } from '../../ui/Dialog';
import { Listing } from '../../ui/Listing';
import { RelativeTime } from '../../ui/Time';
import { queueOf } from '../tasks/api';
import { type Deployment, type DeploymentLog, fetchLogOf, fetchTasksOf } from './api';
import styles from './DeploymentsPage.module.css';

/** What happened while a version was released, and the tasks that it brought. */
export function DeploymentDialog({ deployment, onClose }: { deployment: Deployment; onClose(): void }) {
  const environment = useEnvironment();
  const log = useLoaded((signal) => fetchLogOf(environment.id, deployment.id, signal), `log ${deployment.id}`);
  const tasks = useLoaded((signal) => fetchTasksOf(environment.id, deployment.id, signal), deployment.id);
  return (
    <Dialog title={`Deployment ${deployment.version}`} onClose={onClose} isWide>
      <Listing of={log} label="log" isEmpty={() => false} empty={null}>
        {(data) => <Log log={data} />}
      </Listing>
      <Listing
        of={tasks}
        label="tasks"
        isEmpty={(data) => data.length === 0}
        empty={<p>Its tasks are not known yet: the build has not been indexed.</p>}
      >
        {(data) => (
          <DataTable
            label={`Tasks of ${deployment.version}`}
            items={data}
            keyOf={(task) => task.id}
            columns={[
              { id: 'id', header: 'Task', isMain: true, cell: (task) => task.id },
              { id: 'queue', header: 'Queue', from: 'medium', cell: (task) => queueOf(task.definition) },
              { id: 'machine', header: 'Machine', from: 'medium', cell: (task) => task.definition.machine?.preset ?? '–' },
              { id: 'attempts', header: 'Attempts', align: 'end', cell: (task) => task.definition.retry?.maxAttempts ?? '–' },
            ]}
          />
        )}
      </Listing>
    </Dialog>
  );
}

function Log({ log }: { log: DeploymentLog }) {
  return (
    <section aria-label="Log" className={styles.log}>
      <ol>
        {log.steps.map(({ at, sentence }) => (
          <li key={sentence}>
            <code>{at === undefined ? '' : formatClock(Date.parse(at))}</code>
            <span>{sentence}</span>
            {at !== undefined && <RelativeTime at={at} />}
          </li>
        ))}
      </ol>
      {log.image !== undefined && (
        <p className={styles.image}>
          Supervisors start <code>{log.image}</code>
        </p>
      )}
      {log.failure !== undefined && <CodeBlock title="Why it failed" text={log.failure} tone="red" />}
    </section>
  );
}
