import { formatDuration, formatElapsed } from '../../lib/format';
import { useNow } from '../../lib/useNow';
import type { RunItem } from './api';
import styles from './RunDuration.module.css';
import { isFinal } from './status';

type Timed = Pick<RunItem, 'status' | 'createdAt' | 'startedAt' | 'finishedAt' | 'durationMs'>;

/** How long the run took; while it runs, how long so far; before that, how long it has been waiting. */
export function RunDuration({ run }: { run: Timed }) {
  const isOver = isFinal(run.status) || run.finishedAt !== undefined;
  const now = useNow(!isOver);
  if (run.durationMs !== undefined) {
    return <span>{formatDuration(run.durationMs)}</span>;
  }
  if (isOver) {
    return (
      <span className={styles.quiet} title="It never started">
        –
      </span>
    );
  }
  return run.startedAt === undefined ? (
    <span className={styles.quiet} title="Waiting to start">
      {formatElapsed(now - Date.parse(run.createdAt))}
    </span>
  ) : (
    <span className={styles.running} title="Running">
      {formatElapsed(now - Date.parse(run.startedAt))}
    </span>
  );
}
