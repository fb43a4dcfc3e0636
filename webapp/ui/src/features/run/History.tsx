import { formatAbsolute, formatClock, formatDuration } from '../../lib/format';
import { StatusBadge } from '../runs/StatusBadge';
import type { Transition } from './api';
import styles from './History.module.css';

/** Every change of the run's state, oldest first; the place to look when a run did something strange. */
export function History({ transitions }: { transitions: Transition[] }) {
  return (
    <div className={styles.scroller} role="region" aria-label="State history" tabIndex={0}>
      <table className={styles.table} aria-label="History">
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">Time</th>
            <th scope="col">After</th>
            <th scope="col">What happened</th>
            <th scope="col">Status</th>
            <th scope="col">Execution</th>
            <th scope="col">Attempt</th>
          </tr>
        </thead>
        <tbody>
          {transitions.map((transition, index) => (
            <TransitionRow key={transition.version} transition={transition} before={transitions[index - 1]} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TransitionRow({ transition, before }: { transition: Transition; before: Transition | undefined }) {
  const at = Date.parse(transition.at);
  return (
    <tr>
      <td className={styles.quiet}>{transition.version}</td>
      <td>
        <time dateTime={transition.at} title={formatAbsolute(at)}>
          {formatClock(at)}
        </time>
      </td>
      <td className={styles.quiet}>{before ? `+${formatDuration(at - Date.parse(before.at))}` : ''}</td>
      <td className={styles.what}>{transition.description}</td>
      <td>
        <StatusBadge status={transition.status} />
      </td>
      <td>
        <code>{transition.executionStatus}</code>
      </td>
      <td className={styles.quiet}>{transition.attempt ?? ''}</td>
    </tr>
  );
}
