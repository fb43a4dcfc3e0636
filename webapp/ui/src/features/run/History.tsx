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
            <th scope="col" data-from="medium">
              #
            </th>
            <th scope="col">Time</th>
            <th scope="col" data-from="medium">
              After
            </th>
            <th scope="col">What happened</th>
            <th scope="col" data-from="medium">
              Status
            </th>
            <th scope="col" data-from="wide">
              Execution
            </th>
            <th scope="col" data-from="wide">
              Attempt
            </th>
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
  const after = before ? `+${formatDuration(at - Date.parse(before.at))}` : '';
  return (
    <tr>
      <td className={styles.quiet} data-from="medium">
        {transition.version}
      </td>
      <td>
        <time dateTime={transition.at} title={formatAbsolute(at)}>
          {formatClock(at)}
        </time>
      </td>
      <td className={styles.quiet} data-from="medium">
        {after}
      </td>
      <td className={styles.what}>
        {transition.description}
        <span className={styles.under}>
          <StatusBadge status={transition.status} /> {after}
        </span>
      </td>
      <td data-from="medium">
        <StatusBadge status={transition.status} />
      </td>
      <td data-from="wide">
        <code>{transition.executionStatus}</code>
      </td>
      <td className={styles.quiet} data-from="wide">
        {transition.attempt ?? ''}
      </td>
    </tr>
  );
}
