import { useState } from 'react';
import { formatAbsolute } from '../../lib/format';
import { Button, IconButton } from '../../ui/Button';
import { SelectField, TextField } from '../../ui/Field';
import { Popover } from '../../ui/Popover';
import { MACHINES } from '../test/options';
import { MORE_FILTERS, type MoreFilter, type RunFilters, withMore } from './filters';
import styles from './MoreFilters.module.css';

const LABELS: Record<MoreFilter, string> = {
  tag: 'Tag',
  queue: 'Queue',
  version: 'Version',
  machine: 'Machine',
  isTest: 'Test',
  period: 'Triggered within',
  from: 'From',
  to: 'To',
  batch: 'Batch',
  schedule: 'Schedule',
  bulkAction: 'Bulk action',
  error: 'Error',
};

const PERIODS: [string, string][] = [
  ['15m', '15 minutes'],
  ['1h', '1 hour'],
  ['6h', '6 hours'],
  ['1d', '1 day'],
  ['7d', '7 days'],
  ['30d', '30 days'],
];

interface Props {
  filters: RunFilters;
  onChange(filters: RunFilters): void;
}

/** The filters that are used now and then, behind one button. */
export function MoreFilters({ filters, onChange }: Props) {
  return (
    <Popover label="More filters" icon="filter" trigger="More" isActive={filters.more !== undefined}>
      {(close) => (
        <Form
          filters={filters}
          onApply={(changed) => {
            onChange(changed);
            close();
          }}
        />
      )}
    </Popover>
  );
}

function Form({ filters, onApply }: { filters: RunFilters; onApply(filters: RunFilters): void }) {
  const [draft, setDraft] = useState(filters);
  const value = (name: MoreFilter) => draft.more?.[name] ?? '';
  const set = (name: MoreFilter) => (text: string) =>
    setDraft((before) => {
      const changed = withMore(before, name, text);
      // A period and fixed times would contradict each other.
      const others: MoreFilter[] = name === 'period' ? ['from', 'to'] : name === 'from' || name === 'to' ? ['period'] : [];
      return text === '' ? changed : others.reduce((all, other) => withMore(all, other, ''), changed);
    });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onApply(draft);
      }}
    >
      <SelectField label={LABELS.period} value={value('period')} onChange={set('period')}>
        <option value="">Any time</option>
        {PERIODS.map(([period, words]) => (
          <option key={period} value={period}>
            The last {words}
          </option>
        ))}
      </SelectField>
      <TextField
        label="From"
        type="datetime-local"
        value={toLocal(value('from'))}
        onChange={(text) => set('from')(fromLocal(text))}
      />
      <TextField
        label="To"
        type="datetime-local"
        value={toLocal(value('to'))}
        onChange={(text) => set('to')(fromLocal(text))}
      />
      <TextField label="Tag" value={value('tag')} onChange={set('tag')} />
      <TextField label="Queue" placeholder="mail, or task/hello-world" value={value('queue')} onChange={set('queue')} />
      <TextField label="Version" placeholder="20260821.1" value={value('version')} onChange={set('version')} />
      <SelectField label="Machine" value={value('machine')} onChange={set('machine')}>
        <option value="">Any</option>
        {MACHINES.map((machine) => (
          <option key={machine}>{machine}</option>
        ))}
      </SelectField>
      <SelectField label="Tests" value={value('isTest')} onChange={set('isTest')}>
        <option value="">With tests</option>
        <option value="true">Only tests</option>
        <option value="false">Without tests</option>
      </SelectField>
      <TextField label="Batch" placeholder="batch_…" value={value('batch')} onChange={set('batch')} />
      <TextField label="Schedule" placeholder="sched_…" value={value('schedule')} onChange={set('schedule')} />
      <TextField label="Bulk action" placeholder="bulk_…" value={value('bulkAction')} onChange={set('bulkAction')} />
      <TextField label="Error" placeholder="error_…" value={value('error')} onChange={set('error')} />
      <Button type="submit" look="primary">
        Apply
      </Button>
    </form>
  );
}

/** What is filtered beside status and task, each to be taken out with one click. */
export function FilterChips({ filters, onChange }: Props) {
  return MORE_FILTERS.filter((name) => filters.more?.[name] !== undefined).map((name) => (
    <span key={name} className={styles.chip}>
      <span className={styles.name}>{LABELS[name]}</span>
      <span className={styles.value}>{shown(name, filters.more?.[name] ?? '')}</span>
      <IconButton
        icon="close"
        label={`Remove filter ${LABELS[name].toLowerCase()}`}
        onClick={() => onChange(withMore(filters, name, ''))}
      />
    </span>
  ));
}

function shown(name: MoreFilter, value: string): string {
  if (name === 'isTest') {
    return value === 'true' ? 'only' : 'without';
  }
  const moment = Date.parse(value);
  return (name === 'from' || name === 'to') && !Number.isNaN(moment) ? formatAbsolute(moment).slice(0, 16) : value;
}

/** Between the browser's field, which is local and without a zone, and the address, which is neither. */
function toLocal(iso: string): string {
  const moment = Date.parse(iso);
  if (Number.isNaN(moment)) {
    return '';
  }
  const date = new Date(moment);
  return new Date(moment - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function fromLocal(text: string): string {
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? '' : new Date(moment).toISOString();
}
