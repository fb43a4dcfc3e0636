import { formatAbsolute, formatClock, formatDuration, formatElapsed } from '../../lib/format';
import { useNow } from '../../lib/useNow';
import { EmptyState } from '../../ui/EmptyState';
import { StatusBadge } from '../runs/StatusBadge';
import type { Attempt, RunDetail } from './api';
import styles from './Attempts.module.css';
import { ErrorView } from './Overview';

export function Attempts({ run }: { run: RunDetail }) {
  if (run.attempts.length === 0) {
    return (
      <EmptyState icon="clock" title="No attempt yet">
        <p>The first one begins when a worker starts the run.</p>
      </EmptyState>
    );
  }
  return (
    <ol className={styles.attempts} aria-label="Attempts">
      {run.attempts.map((attempt) => (
        <li key={attempt.number} className={styles.attempt}>
          <AttemptHead attempt={attempt} />
          {attempt.error && <ErrorView title={`Error of attempt ${attempt.number}`} error={attempt.error} />}
        </li>
      ))}
    </ol>
  );
}

function AttemptHead({ attempt }: { attempt: Attempt }) {
  const isOver = attempt.finishedAt !== undefined;
  const now = useNow(!isOver);
  const started = Date.parse(attempt.startedAt);
  return (
    <div className={styles.head}>
      <h2>Attempt {attempt.number}</h2>
      <StatusBadge status={attempt.status} />
      <span className={styles.when}>
        <time dateTime={attempt.startedAt} title={formatAbsolute(started)}>
          {formatClock(started)}
        </time>
        {' · '}
        {attempt.durationMs === undefined ? formatElapsed(now - started) : formatDuration(attempt.durationMs)}
      </span>
    </div>
  );
}
