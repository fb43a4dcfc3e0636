import type { ReactNode } from 'react';
import { useEnvironment } from '../../app/environment';
import { formatAbsolute } from '../../lib/format';
import { Tag } from '../../ui/Badge';
import { CopyButton } from '../../ui/CopyButton';
import { RelativeTime } from '../../ui/Time';
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
        <Moment name="Triggered" at={run.createdAt} />
        <Moment name="Delayed until" at={run.delayedUntil} />
        <Moment name="Started" at={run.startedAt} />
        <Moment name="Expired" at={run.expiredAt} />
        <Moment name="Finished" at={run.finishedAt} />
      </dl>
    </aside>
  );
}

interface FactProps {
  name: string;
  value: ReactNode;
  canCopy?: boolean;
}

/** Leaves itself out where there is nothing to say. */
function Fact({ name, value, canCopy = false }: FactProps) {
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
