import { useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { plural } from '../../lib/format';
import { useLive } from '../../lib/useLive';
import { useLoaded } from '../../lib/useLoaded';
import { useShortcuts } from '../../lib/useShortcuts';
import { CodeBlock } from '../../ui/CodeBlock';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { Icon } from '../../ui/Icon';
import { Listing } from '../../ui/Listing';
import { LiveIndicator } from '../../ui/LiveIndicator';
import { PageBar, PageBody, PageHead } from '../../ui/Page';
import { SearchField } from '../../ui/SearchField';
import { Sparkline } from '../../ui/Sparkline';
import { Stat, Stats } from '../../ui/Stats';
import { StatusBadge } from '../runs/StatusBadge';
import { activityInWords, fetchTasks, queueOf, type TaskItem } from './api';
import styles from './TasksPage.module.css';

export function TasksPage() {
  const environment = useEnvironment();
  const tasks = useLoaded((signal) => fetchTasks(environment.id, signal), environment.id);
  const live = useLive(environment.id, tasks.reload);
  const [text, setText] = useState('');
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => search.current?.focus() });
  const columns = useMemo(() => columnsOf(environment.slug), [environment.slug]);
  const shown = tasks.data?.filter((task) => task.id.toLowerCase().includes(text.trim().toLowerCase())) ?? [];

  return (
    <>
      <PageHead title="Tasks">
        <LiveIndicator {...live} />
      </PageHead>
      {tasks.data !== undefined && tasks.data.length > 0 && (
        <>
          <Totals tasks={tasks.data} limit={environment.concurrencyLimit} />
          <PageBar>
            <SearchField input={search} label="Filter tasks by name" value={text} onChange={setText} />
          </PageBar>
        </>
      )}
      <PageBody>
        <Listing of={tasks} label="tasks" isEmpty={(data) => data.length === 0} empty={<FirstTask />}>
          {() => (
            <DataTable
              label="Tasks"
              columns={columns}
              items={shown}
              keyOf={(task) => task.id}
              footer={shown.length === 0 ? 'No task has this name.' : undefined}
            />
          )}
        </Listing>
      </PageBody>
    </>
  );
}

function Totals({ tasks, limit }: { tasks: TaskItem[]; limit: number }) {
  const sum = (pick: (task: TaskItem) => number) => tasks.reduce((total, task) => total + pick(task), 0);
  const running = sum((task) => task.activity?.running ?? 0);
  const total = sum((task) => task.activity?.hours.reduce((all, hour) => all + hour.total, 0) ?? 0);
  const failed = sum((task) => task.activity?.hours.reduce((all, hour) => all + hour.failed, 0) ?? 0);
  return (
    <Stats>
      <Stat name="Tasks" value={tasks.length} hint={`version ${tasks[0]?.version ?? ''}`} />
      <Stat name="Running" value={running.toLocaleString('en-US')} hint={`of ${limit}`} />
      <Stat name="Queued" value={sum((task) => task.activity?.queued ?? 0).toLocaleString('en-US')} />
      <Stat name="Runs in 24 hours" value={total.toLocaleString('en-US')} />
      <Stat
        name="Failed in 24 hours"
        value={failed.toLocaleString('en-US')}
        hint={total === 0 ? undefined : `${((failed / total) * 100).toFixed(failed === 0 ? 0 : 1)} %`}
      />
    </Stats>
  );
}

function columnsOf(slug: string): DataColumn<TaskItem>[] {
  const runs = (task: TaskItem, more = '') => `/envs/${slug}/runs?task=${encodeURIComponent(task.id)}${more}`;
  return [
    {
      id: 'task',
      header: 'Task',
      isMain: true,
      cell: (task) => (
        <div className={styles.task}>
          <Link to={runs(task)} className={styles.name}>
            {task.id}
          </Link>
          <span className={styles.under} title={task.definition.filePath}>
            {task.definition.description ?? task.definition.filePath ?? ''}
          </span>
        </div>
      ),
    },
    {
      id: 'queue',
      header: 'Queue',
      from: 'wide',
      cell: ({ definition }) => <span className={styles.quiet}>{queueOf(definition)}</span>,
    },
    {
      id: 'schedule',
      header: 'Schedule',
      from: 'wide',
      cell: ({ definition }) => (definition.schedule ? <code>{definition.schedule.cron}</code> : ''),
    },
    {
      id: 'running',
      header: 'Running',
      align: 'end',
      cell: (task) => <Count value={task.activity?.running} to={runs(task, '&status=EXECUTING')} label="running" />,
    },
    {
      id: 'queued',
      header: 'Queued',
      align: 'end',
      from: 'medium',
      cell: (task) => <Count value={task.activity?.queued} to={runs(task, '&status=QUEUED')} label="queued" />,
    },
    {
      id: 'activity',
      header: 'Last 24 hours',
      from: 'medium',
      cell: ({ activity }) => activity && <Sparkline bars={activity.hours} label={activityInWords(activity)} />,
    },
    {
      id: 'last',
      header: 'Last run',
      cell: ({ activity }) =>
        activity?.lastRun ? (
          <Link to={`/envs/${slug}/runs/${activity.lastRun.id}`} className={styles.last}>
            <StatusBadge status={activity.lastRun.status} />
          </Link>
        ) : (
          <span className={styles.quiet}>None today</span>
        ),
    },
    {
      id: 'test',
      header: '',
      align: 'end',
      cell: (task) => (
        <Link to={`/envs/${slug}/test?task=${encodeURIComponent(task.id)}`} className={styles.test} aria-label={`Test ${task.id}`}>
          <Icon name="flask" size={14} /> <span className={styles.testWord}>Test</span>
        </Link>
      ),
    },
  ];
}

function Count({ value = 0, to, label }: { value: number | undefined; to: string; label: string }) {
  return value === 0 ? (
    <span className={styles.quiet}>0</span>
  ) : (
    <Link to={to} aria-label={`${plural(value, 'run')} ${label}`}>
      {value.toLocaleString('en-US')}
    </Link>
  );
}

function FirstTask() {
  const { name, shortName } = useEnvironment();
  return (
    <EmptyState icon="tasks" title={`No tasks in ${name} yet`}>
      <p>
        Tasks are methods of your Java project. Make a project, build it and deploy it with the secret key of this
        environment; its tasks then appear here.
      </p>
      <CodeBlock
        title="Shell"
text={`runyard init --dir my-tasks --package com.example.tasks\ncd my-tasks && mvn package\nrunyard deploy --bundle target/bundle --url ${location.origin} --key tr_${shortName}_…`}
      />
    </EmptyState>
  );
}
