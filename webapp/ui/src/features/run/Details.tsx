import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { formatAbsolute, shortId } from '../../lib/format';
import { Tag } from '../../ui/Badge';
import { CopyButton } from '../../ui/CopyButton';
import { RelativeTime } from '../../ui/Time';
import { StatusBadge } from '../runs/StatusBadge';
import type { RunDetail } from './api';
import styles from './Details.module.css';

export function Details({ run }: { run: RunDetail }) {
  const environment = useEnvironment();
  return (
    <aside className={styles.details} aria-label="Details">
      <h2>Details</h2>
      <dl>
        <Fact name="Task" value={run.taskId} />
        <Fact name="Environment" value={environment.name} />
        <Fact name="Queue" value={run.queue} />
        <Fact name="Concurrency key" value={run.concurrencyKey} />
        <Fact name="Version" value={run.version} />
        <Fact name="Deployment" value={run.deployment?.id} canCopy />
        <Fact name="Machine" value={run.machine} />
        <Fact name="Worker" value={workerOf(run)} />
        <Fact name="Attempts" value={attemptsOf(run)} />
        <Fact
          name="Max duration"
          value={run.maxDurationSeconds === undefined ? undefined : `${run.maxDurationSeconds} s`}
        />
        <Fact name="Time to live" value={run.ttl} />
        <Fact name="Idempotency key" value={run.idempotencyKey} canCopy />
        {run.tags.length > 0 && (
          <Fact
            name="Tags"
            value={
              <span className={styles.tags}>
                {run.tags.map((tag) => (
                  <Tag key={tag}>{tag}</Tag>
                ))}
              </span>
            }
          />
        )}
        <Relations run={run} />
        <Moment name="Triggered" at={run.createdAt} />
        <Moment name="Delayed until" at={run.delayedUntil} />
        <Moment name="Started" at={run.startedAt} />
        <Moment name="Expired" at={run.expiredAt} />
        <Moment name="Finished" at={run.finishedAt} />
      </dl>
    </aside>
  );
}

/** What it has to do with others, as links. */
function Relations({ run }: { run: RunDetail }) {
  const { slug } = useEnvironment();
  const { parent, root, replayOf, batch, schedule, source, action, traceId, children, hasMoreChildren } = run.related;
  const to = (id: string) => `/envs/${slug}/runs/${id}`;
  return (
    <>
      <Fact name="Triggered by" value={action === undefined ? source : `${source} (${action})`} />
      {parent && <Fact name="Parent" value={<Link to={to(parent.id)}>{parent.taskId}</Link>} />}
      {root && <Fact name="Root" value={<Link to={to(root.id)}>{root.taskId}</Link>} />}
      {replayOf && <Fact name="Replay of" value={<Link to={to(replayOf)}>{shortId(replayOf)}</Link>} />}
      {batch && (
        <Fact name="Batch" value={<Link to={`/envs/${slug}/runs?batch=${batch}`}>{shortId(batch)}</Link>} />
      )}
      {schedule && (
        <Fact name="Schedule" value={<Link to={`/envs/${slug}/runs?schedule=${schedule}`}>{shortId(schedule)}</Link>} />
      )}
      {children.length > 0 && (
        <Fact
          name="Children"
          value={
            <ul className={styles.children}>
              {children.slice(0, SHOWN_CHILDREN).map((child) => (
                <li key={child.id}>
                  <Link to={to(child.id)}>{child.taskId}</Link> <StatusBadge status={child.status} />
                </li>
              ))}
              {(hasMoreChildren || children.length > SHOWN_CHILDREN) && (
                <li>
                  and {hasMoreChildren ? 'many' : children.length - SHOWN_CHILDREN} more, in the trace
                </li>
              )}
            </ul>
          }
        />
      )}
      <Fact name="Trace id" value={traceId} canCopy />
    </>
  );
}

const SHOWN_CHILDREN = 10;

interface FactProps {
  name: string;
  value: ReactNode;
  canCopy?: boolean;
}

/** Leaves itself out where there is nothing to say. */
export function Fact({ name, value, canCopy = false }: FactProps) {
  if (value === undefined || value === '') {
    return null;
  }
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        <span className={styles.value}>{value}</span>
        {canCopy && typeof value === 'string' && <CopyButton text={value} label={`Copy ${name.toLowerCase()}`} />}
      </dd>
    </div>
  );
}

function Moment({ name, at }: { name: string; at: string | undefined }) {
  return at === undefined ? null : (
    <Fact
      name={name}
      value={
        <>
          <RelativeTime at={at} />
          <span className={styles.exact}>{formatAbsolute(Date.parse(at))}</span>
        </>
      }
    />
  );
}

function workerOf({ worker }: RunDetail): string | undefined {
  return worker && [worker.name, worker.workloadManager].filter(Boolean).join(' · ');
}

function attemptsOf({ attempt, maxAttempts }: RunDetail): string {
  return maxAttempts === undefined ? String(attempt) : `${attempt} of ${maxAttempts}`;
}
