import { formatRelative } from '../lib/format';
import { useNow } from '../lib/useNow';
import { Icon } from '../ui/Icon';
import { useSession } from './session';
import { describeQueue, describeWorkers, type Health, type Supervisor, useSystem } from './system';
import styles from './SystemStatus.module.css';

/** Says where tasks run and which version serves them; the corner to look at when nothing moves. */
export function SystemStatus() {
  const { system, isReachable } = useSystem();
  const { version } = useSession().system;
  const now = useNow();
  const workers = system && describeWorkers(system.supervisors, now);
  const queue = describeQueue(system?.queue?.source);

  return (
    <section className={styles.status} aria-label="System">
      {!isReachable ? (
        <Line health="bad" text="The server does not answer" />
      ) : (
        workers && <Line health={workers.health} text={workers.text} />
      )}
      {isReachable && queue && <Line health="warn" text={queue} />}
      {system && system.supervisors.length > 0 && (
        <details className={styles.details}>
          <summary>
            <Icon name="server" size={13} /> Supervisors
          </summary>
          <ul>
            {system.supervisors.map((supervisor) => (
              <SupervisorLine key={supervisor.name} supervisor={supervisor} now={now} />
            ))}
          </ul>
        </details>
      )}
      <p className={styles.version}>Runyard {system?.version ?? version}</p>
    </section>
  );
}

function Line({ health, text }: { health: Health; text: string }) {
  return (
    <p className={styles.line} data-testid="system-line">
      <span className={styles.dot} data-health={health} aria-hidden="true" />
      {text}
    </p>
  );
}

function SupervisorLine({ supervisor, now }: { supervisor: Supervisor; now: number }) {
  return (
    <li className={styles.supervisor}>
      <span title={supervisor.name}>{supervisor.name}</span>
      <span>
        {[supervisor.workloadManager, formatRelative(Date.parse(supervisor.lastSeenAt), now)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}
