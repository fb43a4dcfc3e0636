import { formatAbsolute, localZone } from '../../lib/format';
import { RelativeTime } from '../../ui/Time';
import styles from './SchedulesPage.module.css';

/** Moments in the zone of a schedule, since that is where its rule is meant. */
export function TimeList({ times, zone }: { times: string[]; zone: string }) {
  return (
    <ol className={styles.timeList}>
      {times.map((at) => (
        <li key={at}>
          <span title={`${formatAbsolute(Date.parse(at), localZone())}, here`}>{inZone(at, zone)}</span>
          <span className={styles.quiet}>
            <RelativeTime at={at} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function inZone(at: string, zone: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
      timeZoneName: 'short',
    }).format(Date.parse(at));
  } catch {
    // A zone that the server knows and the browser does not.
    return formatAbsolute(Date.parse(at), 'UTC');
  }
}
