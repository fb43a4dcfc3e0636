import { useState } from 'react';
import { Link } from 'react-router';
import { useEnvironment, useMayChange } from '../../app/environment';
import { formatAbsolute } from '../../lib/format';
import { useAction } from '../../lib/useAction';
import { useLoaded } from '../../lib/useLoaded';
import { Badge } from '../../ui/Badge';
import { Button, IconButton } from '../../ui/Button';
import { CodeBlock } from '../../ui/CodeBlock';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { Listing } from '../../ui/Listing';
import { NumberedPager } from '../../ui/NumberedPager';
import { PageBody, PageHead } from '../../ui/Page';
import { RelativeTime } from '../../ui/Time';
import { deleteSchedule, fetchSchedules, type ScheduleItem, switchSchedule } from './api';
import { ScheduleDialog } from './ScheduleDialog';
import styles from './SchedulesPage.module.css';
import { TimesDialog } from './TimesDialog';

type Open = { name: 'new' } | { name: 'edit' | 'times' | 'delete'; schedule: ScheduleItem };

export function SchedulesPage() {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  const [page, setPage] = useState(1);
  const schedules = useLoaded(
    (signal) => fetchSchedules(environment.id, page, signal),
    `${environment.id} ${page}`,
  );
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const create = (
    <Button look="primary" icon="plus" disabled={!mayChange} onClick={() => setOpen({ name: 'new' })}>
      New schedule
    </Button>
  );

  return (
    <>
      <PageHead title="Schedules">{create}</PageHead>
      <PageBody>
        <Listing
          of={schedules}
          label="schedules"
          isEmpty={({ data }) => data.length === 0 && page === 1}
          empty={<FirstSchedule create={create} />}
        >
          {({ data, pagination }) => (
            <ScheduleTable
              items={data}
              footer={<NumberedPager pages={pagination} onPage={setPage} />}
              onOpen={setOpen}
              onChanged={schedules.reload}
            />
          )}
        </Listing>
      </PageBody>
      {open?.name === 'new' && <ScheduleDialog onClose={close} onSaved={schedules.reload} />}
      {open?.name === 'edit' && (
        <ScheduleDialog schedule={open.schedule} onClose={close} onSaved={schedules.reload} />
      )}
      {open?.name === 'times' && <TimesDialog schedule={open.schedule} onClose={close} />}
      {open?.name === 'delete' && (
        <DeleteDialog schedule={open.schedule} onClose={close} onDeleted={schedules.reload} />
      )}
    </>
  );
}

interface TableProps {
  items: ScheduleItem[];
  footer: React.ReactNode;
  onOpen(open: Open): void;
  onChanged(): void;
}

function ScheduleTable({ items, footer, onOpen, onChanged }: TableProps) {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  const toggle = useAction((one: ScheduleItem) => switchSchedule(environment.id, one.id, !one.active), {
    done: (one) => (one.active ? 'The schedule triggers again' : 'The schedule is stopped'),
    onDone: onChanged,
  });
  const columns: DataColumn<ScheduleItem>[] = [
    {
      id: 'task',
      header: 'Task',
      isMain: true,
      cell: (one) => (
        <div className={styles.two}>
          <Link to={`/envs/${environment.slug}/runs?schedule=${one.id}`} className={styles.name}>
            {one.task}
          </Link>
          <span className={styles.quiet}>{one.generator.description}</span>
        </div>
      ),
    },
    { id: 'cron', header: 'Rule', from: 'medium', cell: (one) => <code>{one.generator.expression}</code> },
    { id: 'zone', header: 'Time zone', from: 'wide', cell: (one) => one.timezone },
    {
      id: 'next',
      header: 'Next run',
      cell: (one) =>
        one.nextRun === undefined ? (
          <span className={styles.quiet}>{one.active ? '–' : 'Stopped'}</span>
        ) : (
          <button
            type="button"
            className={styles.times}
            title={formatAbsolute(Date.parse(one.nextRun), one.timezone)}
            onClick={() => onOpen({ name: 'times', schedule: one })}
          >
            <RelativeTime at={one.nextRun} />
          </button>
        ),
    },
    {
      id: 'origin',
      header: 'Origin',
      from: 'wide',
      cell: (one) => (one.type === 'DECLARATIVE' ? 'Code' : (one.externalId ?? one.deduplicationKey ?? 'API')),
    },
    {
      id: 'state',
      header: 'State',
      from: 'medium',
      cell: (one) => <Badge tone={one.active ? 'green' : 'grey'} label={one.active ? 'Active' : 'Stopped'} />,
    },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: (one) => (
        <span className={styles.actions}>
          <IconButton
            icon={one.active ? 'pause' : 'play'}
            label={`${one.active ? 'Stop' : 'Activate'} the schedule of ${one.task}`}
            disabled={!mayChange || toggle.isBusy}
            onClick={() => toggle.run(one)}
          />
          {one.type === 'IMPERATIVE' && (
            <>
              <IconButton
                icon="edit"
                label={`Edit the schedule of ${one.task}`}
                disabled={!mayChange}
                onClick={() => onOpen({ name: 'edit', schedule: one })}
              />
              <IconButton
                icon="trash"
                label={`Delete the schedule of ${one.task}`}
                disabled={!mayChange}
                onClick={() => onOpen({ name: 'delete', schedule: one })}
              />
            </>
          )}
        </span>
      ),
    },
  ];
  return <DataTable label="Schedules" columns={columns} items={items} keyOf={(one) => one.id} footer={footer} />;
}

interface DeleteProps {
  schedule: ScheduleItem;
  onClose(): void;
  onDeleted(): void;
}

function DeleteDialog({ schedule, onClose, onDeleted }: DeleteProps) {
  const environment = useEnvironment();
  const remove = useAction(() => deleteSchedule(environment.id, schedule.id), {
    isQuiet: true,
    done: 'The schedule is deleted',
    onDone: () => {
      onDeleted();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title="Delete this schedule?"
      confirm="Delete schedule"
      isBusy={remove.isBusy}
      error={remove.error}
      onConfirm={() => remove.run()}
      onClose={onClose}
    >
      <p>
        {schedule.task} is no longer triggered by <code>{schedule.generator.expression}</code>. Runs that it made stay.
      </p>
    </ConfirmDialog>
  );
}

function FirstSchedule({ create }: { create: React.ReactNode }) {
  return (
    <EmptyState icon="calendar" title="Nothing is scheduled">
      <p>A schedule triggers a task by a cron rule in a time zone. Make one here, in the task's code, or over the API:</p>
      <CodeBlock
        title="Shell"
        text={`curl -X POST ${location.origin}/api/v1/schedules \\\n  -H "Authorization: Bearer $TRIGGER_SECRET_KEY" -H 'Content-Type: application/json' \\\n  -d '{"task":"nightly-report","cron":"0 2 * * *","timezone":"Europe/Berlin","deduplicationKey":"nightly"}'`}
      />
      <div>{create}</div>
    </EmptyState>
  );
}
