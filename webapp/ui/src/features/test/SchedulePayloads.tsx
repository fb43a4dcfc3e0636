import { useEnvironment } from '../../app/environment';
import { localZone } from '../../lib/format';
import { useAction } from '../../lib/useAction';
import { useLoaded } from '../../lib/useLoaded';
import { RelativeTime } from '../../ui/Time';
import { fetchSchedules, fetchTimes, type ScheduleItem } from '../schedules/api';
import { payloadAt, payloadOf } from './scheduled';
import styles from './TestPage.module.css';

interface Props {
  task: string;
  onChoose(text: string): void;
}

/** What schedules would tell the task: at their next times, and now. */
export function SchedulePayloads({ task, onChoose }: Props) {
  const environment = useEnvironment();
  const schedules = useLoaded(
    (signal) => fetchSchedules(environment.id, 1, signal).then(({ data }) => data.filter((one) => one.task === task)),
    `${environment.id} ${task}`,
  );
  const choose = (payload: unknown) => onChoose(JSON.stringify(payload, null, 2));
  const next = useAction(async (schedule: ScheduleItem) => {
    const times = await fetchTimes(schedule.generator.expression, schedule.timezone);
    choose(payloadOf(schedule, times.next) ?? payloadAt(Date.now(), schedule.timezone));
  });
  return (
    <aside className={styles.recent} aria-label="Payloads of schedules">
      <h2>As a schedule</h2>
      <ul>
        <li>
          <button type="button" className={styles.payload} onClick={() => choose(payloadAt(Date.now(), localZone()))}>
            <span className={styles.payloadHead}>Due now</span>
            <code>{localZone()}</code>
          </button>
        </li>
        {schedules.data?.map((one) => (
          <li key={one.id}>
            <button type="button" className={styles.payload} disabled={next.isBusy} onClick={() => next.run(one)}>
              <span className={styles.payloadHead}>
                {one.generator.description}
                <span className={styles.quiet}>{one.nextRun && <RelativeTime at={one.nextRun} />}</span>
              </span>
              <code>{[one.timezone, one.externalId].filter(Boolean).join(' · ')}</code>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
