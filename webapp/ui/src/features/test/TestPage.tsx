import { useEffect, useMemo, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useEnvironment, useMayChange } from '../../app/environment';
import { triggerCommand } from '../../lib/curl';
import { localZone, shortId } from '../../lib/format';
import { useAction } from '../../lib/useAction';
import { useLoaded } from '../../lib/useLoaded';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { EmptyState } from '../../ui/EmptyState';
import { SelectField, TextArea } from '../../ui/Field';
import { Problem } from '../../ui/Form';
import { Listing } from '../../ui/Listing';
import { PageBody, PageHead } from '../../ui/Page';
import { RelativeTime } from '../../ui/Time';
import { StatusBadge } from '../runs/StatusBadge';
import { fetchTasks, queueOf, type TaskItem } from '../tasks/api';
import { fetchPayloads, triggerTask } from './api';
import { OptionFields } from './OptionFields';
import { SchedulePayloads } from './SchedulePayloads';
import { payloadAt, plainPayload } from './scheduled';
import { NO_OPTIONS, optionsToSend, type TestOptions } from './options';
import { exampleOf, fieldsOf, jsonProblem } from './schemaForm';
import { SchemaForm } from './SchemaForm';
import styles from './TestPage.module.css';

export function TestPage() {
  const environment = useEnvironment();
  const tasks = useLoaded((signal) => fetchTasks(environment.id, signal), environment.id);
  const [search, setSearch] = useSearchParams();
  const named = search.get('task');
  const task = tasks.data?.find((one) => one.id === named) ?? tasks.data?.[0];

  return (
    <>
      <PageHead title="Test">
        {task && <Link to={`/envs/${environment.slug}/runs?task=${encodeURIComponent(task.id)}`}>Runs of this task</Link>}
      </PageHead>
      <PageBody isPadded>
        <Listing
          of={tasks}
          label="tasks"
          isEmpty={(data) => data.length === 0}
          empty={
            <EmptyState icon="flask" title="There is no task to test yet">
              <p>
                Deploy a version first; <Link to={`/envs/${environment.slug}/tasks`}>the tasks page</Link> says how.
              </p>
            </EmptyState>
          }
        >
          {(all) =>
            task && (
              <>
                <SelectField
                  label="Task"
                  className={styles.task}
                  value={task.id}
                  onChange={(id) => setSearch({ task: id }, { replace: true })}
                >
                  {all.map((one) => (
                    <option key={one.id}>{one.id}</option>
                  ))}
                </SelectField>
                <TestForm key={task.id} task={task} />
              </>
            )
          }
        </Listing>
      </PageBody>
    </>
  );
}

function TestForm({ task }: { task: TaskItem }) {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  const navigate = useNavigate();
  const schema = task.definition.payloadSchema;
  const isScheduled = task.definition.triggerSource === 'schedule';
  const fields = useMemo(() => (isScheduled ? undefined : fieldsOf(schema)), [schema, isScheduled]);
  const [view, setView] = useState<'form' | 'json'>(fields ? 'form' : 'json');
  const [text, setText] = useState(() =>
    JSON.stringify(isScheduled ? payloadAt(Date.now(), task.definition.schedule?.timezone ?? localZone()) : exampleOf(schema), null, 2),
  );
  const [options, setOptions] = useState<TestOptions>(NO_OPTIONS);
  const problem = jsonProblem(text);
  const canRun = mayChange && problem === undefined && jsonProblem(options.metadata) === undefined;
  const trigger = useAction(
    () =>
      triggerTask(environment.id, task.id, {
        ...(text.trim() === '' ? {} : { payload: JSON.parse(text) as unknown }),
        options: optionsToSend(options),
      }),
    {
      isQuiet: true,
      done: (run) => `Triggered ${shortId(run.id)}`,
      onDone: (run) => void navigate(`/envs/${environment.slug}/runs/${run.id}`),
    },
  );
  useModEnter(() => canRun && trigger.run());

  return (
    <form
      className={styles.columns}
      onSubmit={(event) => {
        event.preventDefault();
        if (canRun) {
          trigger.run();
        }
      }}
    >
      <section className={styles.main} aria-label="Payload">
        <header className={styles.head}>
          <h2>Payload</h2>
          {fields && (
            <div className={styles.switch} role="group" aria-label="View of the payload">
              <button type="button" aria-pressed={view === 'form'} onClick={() => setView('form')}>
                Fields
              </button>
              <button type="button" aria-pressed={view === 'json'} onClick={() => setView('json')}>
                JSON
              </button>
            </div>
          )}
          <CopyButton text={() => triggerCommand(location.origin, task.id, text)} label="Copy as curl" />
        </header>
        {view === 'form' && fields ? (
          <SchemaForm fields={fields} text={text} onChange={setText} />
        ) : (
          <TextArea
            label="JSON"
            className={styles.editor}
            rows={14}
            value={text}
            problem={problem}
            hint={hintAbout(isScheduled, schema)}
            onChange={setText}
          />
        )}
        <details className={styles.options}>
          <summary>Options</summary>
          <OptionFields options={options} queue={queueOf(task.definition)} onChange={setOptions} />
        </details>
        {trigger.error !== undefined && <Problem>{trigger.error}</Problem>}
        <div className={styles.actions}>
          <Button type="submit" look="primary" icon="play" isBusy={trigger.isBusy} disabled={!canRun}>
            Run test
          </Button>
          <span className={styles.quiet}>{mayChange ? 'Ctrl Enter' : 'Your role lets you look only.'}</span>
        </div>
      </section>
      <div className={styles.sources}>
        {isScheduled && <SchedulePayloads task={task.id} onChoose={setText} />}
        <Recent task={task.id} onChoose={setText} />
      </div>
    </form>
  );
}

function Recent({ task, onChoose }: { task: string; onChoose(text: string): void }) {
  const environment = useEnvironment();
  const recent = useLoaded((signal) => fetchPayloads(environment.id, task, signal), `${environment.id} ${task}`);
  return (
    <aside className={styles.recent} aria-label="Recent payloads">
      <h2>Recent payloads</h2>
      {recent.data?.length === 0 && <p className={styles.quiet}>Payloads of earlier runs will stand here.</p>}
      <ul>
        {recent.data?.map((one) => (
          <li key={one.id}>
            <button type="button" className={styles.payload} onClick={() => onChoose(plainPayload(one.payload, one.payloadType))}>
              <span className={styles.payloadHead}>
                <StatusBadge status={one.status} />
                <span className={styles.quiet}>
                  <RelativeTime at={one.createdAt} />
                </span>
              </span>
              <code>{one.payload.slice(0, 160)}</code>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}

function hintAbout(isScheduled: boolean, schema: unknown): string | undefined {
  if (isScheduled) {
    return 'What a schedule tells the run: when it was due, in which zone, and when it comes due again.';
  }
  return schema === undefined ? 'The task declares no schema; any JSON will do.' : undefined;
}

function useModEnter(send: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && !event.defaultPrevented) {
        event.preventDefault();
        send();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}
