import { useEffect, useState } from 'react';
import { useEnvironment } from '../../app/environment';
import { localZone } from '../../lib/format';
import { sentenceOf } from '../../lib/problem';
import { useAction } from '../../lib/useAction';
import { useLoaded } from '../../lib/useLoaded';
import { SelectField, TextField } from '../../ui/Field';
import { Fields, FormDialog } from '../../ui/Form';
import { fetchTasks } from '../tasks/api';
import { fetchTimes, saveSchedule, type ScheduleItem } from './api';
import styles from './SchedulesPage.module.css';
import { TimeList } from './TimeList';

interface Props {
  schedule?: ScheduleItem;
  onClose(): void;
  onSaved(): void;
}

const RULES = [
  ['*/5 * * * *', 'Every 5 minutes'],
  ['0 * * * *', 'Every hour'],
  ['0 9 * * 1-5', 'At 9:00, Monday to Friday'],
  ['0 2 * * *', 'Every night at 2:00'],
  ['0 6 1 * *', 'On the first of each month'],
] as const;

export function ScheduleDialog({ schedule, onClose, onSaved }: Props) {
  const environment = useEnvironment();
  const tasks = useLoaded((signal) => fetchTasks(environment.id, signal), environment.id);
  const [task, setTask] = useState(schedule?.task ?? '');
  const [cron, setCron] = useState(schedule?.generator.expression ?? '0 9 * * 1-5');
  const [timezone, setTimezone] = useState(schedule?.timezone ?? localZone());
  const [externalId, setExternalId] = useState(schedule?.externalId ?? '');
  const [key, setKey] = useState('');
  const settled = useSettled(`${cron}\n${timezone}`);
  const times = useLoaded((signal) => fetchTimes(cron.trim(), timezone, signal), settled);
  const scheduled = tasks.data?.filter((one) => one.definition.triggerSource === 'schedule') ?? [];
  const chosen = task || scheduled[0]?.id || '';
  const save = useAction(
    () =>
      saveSchedule(environment.id, schedule?.id, {
        task: chosen,
        cron: cron.trim(),
        timezone,
        ...(externalId.trim() ? { externalId: externalId.trim() } : {}),
        ...(key.trim() ? { deduplicationKey: key.trim() } : {}),
      }),
    {
      isQuiet: true,
      done: 'The schedule is saved',
      onDone: () => {
        onSaved();
        onClose();
      },
    },
  );

  return (
    <FormDialog
      title={schedule ? 'Edit schedule' : 'New schedule'}
      submit={schedule ? 'Save' : 'Create schedule'}
      isWide
      isBusy={save.isBusy}
      canSubmit={chosen !== '' && cron.trim() !== ''}
      error={save.error}
      onSubmit={() => save.run()}
      onClose={onClose}
    >
      <Fields>
        <SelectField
          label="Task"
          value={chosen}
          problem={
            tasks.data && chosen === '' ? 'No deployed task is a scheduled one.' : undefined
          }
          onChange={setTask}
        >
          {schedule && !scheduled.some((one) => one.id === schedule.task) && <option>{schedule.task}</option>}
          {scheduled.map((one) => (
            <option key={one.id}>{one.id}</option>
          ))}
        </SelectField>
        <TextField
          label="Rule"
          hint="minute hour day month weekday"
          className={styles.rule}
          list="schedule-rules"
          value={cron}
          onChange={setCron}
        />
        <TextField label="Time zone" list="schedule-zones" value={timezone} onChange={setTimezone} />
      </Fields>
      <datalist id="schedule-rules">
        {RULES.map(([rule, meaning]) => (
          <option key={rule} value={rule}>
            {meaning}
          </option>
        ))}
      </datalist>
      <datalist id="schedule-zones">
        {['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <section className={styles.preview} aria-label="Next times" aria-live="polite">
        {times.error !== undefined ? (
          <p className={styles.wrong}>{sentenceOf(times.error)}</p>
        ) : (
          times.data && (
            <>
              <p className={styles.words}>{times.data.description}</p>
              <TimeList times={times.data.next.slice(0, 4)} zone={timezone} />
            </>
          )
        )}
      </section>
      <Fields>
        <TextField
          label="External id"
          hint="What it is about, for your own code"
          value={externalId}
          onChange={setExternalId}
        />
        {!schedule && (
          <TextField
            label="Deduplication key"
            hint="The same key changes the same schedule"
            value={key}
            onChange={setKey}
          />
        )}
      </Fields>
    </FormDialog>
  );
}

/** The text once nobody has typed for a moment, so that half a rule is not asked about. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
