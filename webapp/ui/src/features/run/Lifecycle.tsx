import { formatAbsolute, formatClock, formatDuration, formatElapsed } from '../../lib/format';
import { useNow } from '../../lib/useNow';
import { isFinal, lookOf } from '../runs/status';
import type { RunDetail } from './api';
import styles from './Lifecycle.module.css';
import { segmentsOf } from './timeline';

/** The run's time at a glance: one bar of waits and attempts, and the moments that bound them. */
export function Lifecycle({ run }: { run: RunDetail }) {
  const isOver = isFinal(run.status);
  const now = useNow(!isOver);
  const segments = segmentsOf(run, now);
  const spoken = segments.map(({ label, durationMs }) => `${label} ${formatDuration(durationMs)}`).join(', ');
  return (
    <div className={styles.lifecycle}>
      <div className={styles.bar} role="img" aria-label={`Timeline: ${spoken || 'just triggered'}`}>
        {segments.map((segment) => (
          <span
            key={segment.startMs}
            className={styles.segment}
            data-kind={segment.kind}
            data-tone={segment.tone}
            style={{ flexGrow: segment.durationMs }}
            title={`${segment.label}: ${formatDuration(segment.durationMs)}`}
          />
        ))}
      </div>
      <dl className={styles.moments}>
        <Moment name="Triggered" at={run.createdAt} />
        <Length
          name={run.startedAt ? 'Queued for' : 'Waiting for'}
          from={run.createdAt}
          to={run.startedAt ?? run.finishedAt}
          now={now}
        />
        {run.startedAt && <Moment name="Started" at={run.startedAt} />}
        {run.startedAt && (
          <Length name={isOver ? 'Took' : 'Running for'} from={run.startedAt} to={run.finishedAt} now={now} />
        )}
        {run.finishedAt && <Moment name={lookOf(run.status).label} at={run.finishedAt} />}
      </dl>
    </div>
  );
}

function Moment({ name, at }: { name: string; at: string }) {
  const moment = Date.parse(at);
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <time dateTime={at} title={formatAbsolute(moment)}>
          {formatClock(moment)}
        </time>
      </dd>
    </div>
  );
}

function Length({ name, from, to, now }: { name: string; from: string; to: string | undefined; now: number }) {
  const start = Date.parse(from);
  return (
    <div className={styles.length}>
      <dt>{name}</dt>
      <dd>{to === undefined ? formatElapsed(now - start) : formatDuration(Date.parse(to) - start)}</dd>
    </div>
  );
}
