import { useEffect, useState, type RefObject } from 'react';
import { Button, IconButton } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { Icon } from '../../ui/Icon';
import menu from '../../ui/menu.module.css';
import { Popover } from '../../ui/Popover';
import styles from './FilterBar.module.css';
import { hasFilters, isSameSet, NO_FILTERS, type RunFilters } from './filters';
import { FilterChips, MoreFilters } from './MoreFilters';
import { SavedViews } from './SavedViews';
import { StatusBadge } from './StatusBadge';
import { ALL_STATUSES, IN_PROGRESS, lookOf, type RunStatus, UNSUCCESSFUL } from './status';

interface Props {
  filters: RunFilters;
  /** Tasks to offer while typing: those of the runs on screen. */
  tasks: string[];
  taskInput: RefObject<HTMLInputElement | null>;
  onChange(filters: RunFilters): void;
}

const PRESETS: { label: string; statuses: RunStatus[] }[] = [
  { label: 'All', statuses: [] },
  { label: 'In progress', statuses: IN_PROGRESS },
  { label: 'Completed', statuses: ['COMPLETED'] },
  { label: 'Failed', statuses: UNSUCCESSFUL },
];

export function FilterBar({ filters, tasks, taskInput, onChange }: Props) {
  return (
    <div className={styles.bar} role="search" aria-label="Filter runs">
      <div className={styles.presets} role="group" aria-label="Status presets">
        {PRESETS.map((preset) => (
          <button
            key={preset.label}
            type="button"
            className={styles.preset}
            aria-pressed={isSameSet(preset.statuses, filters.statuses)}
            onClick={() => onChange({ ...filters, statuses: preset.statuses })}
          >
            {preset.label}
          </button>
        ))}
      </div>
      <StatusFilter selected={filters.statuses} onChange={(statuses) => onChange({ ...filters, statuses })} />
      <TaskFilter
        value={filters.task}
        tasks={tasks}
        input={taskInput}
        onChange={(task) => onChange({ ...filters, task })}
      />
      <MoreFilters filters={filters} onChange={onChange} />
      <SavedViews filters={filters} onChoose={onChange} />
      <FilterChips filters={filters} onChange={onChange} />
      {hasFilters(filters) && (
        <Button look="ghost" icon="close" onClick={() => onChange(NO_FILTERS)}>
          Clear
        </Button>
      )}
    </div>
  );
}

function StatusFilter({ selected, onChange }: { selected: RunStatus[]; onChange(statuses: RunStatus[]): void }) {
  const toggle = (status: RunStatus) =>
    onChange(ALL_STATUSES.filter((one) => (one === status ? !selected.includes(one) : selected.includes(one))));
  const isPreset = PRESETS.some((preset) => isSameSet(preset.statuses, selected));
  const [only] = selected;
  const summary =
    selected.length === 0 || isPreset
      ? 'Status'
      : selected.length === 1 && only
        ? lookOf(only).label
        : `${selected.length} statuses`;
  return (
    <Popover label="Filter by status" icon="filter" trigger={summary} isActive={selected.length > 0 && !isPreset}>
      {() =>
        ALL_STATUSES.map((status) => (
          <label key={status} className={menu.item}>
            <input
              type="checkbox"
              aria-label={lookOf(status).label}
              checked={selected.includes(status)}
              onChange={() => toggle(status)}
            />
            <StatusBadge status={status} />
          </label>
        ))
      }
    </Popover>
  );
}

interface TaskFilterProps {
  value: string;
  tasks: string[];
  input: RefObject<HTMLInputElement | null>;
  onChange(task: string): void;
}

/** Applied with Enter, by choosing one that is offered, or by leaving the field: half a task's name matches nothing. */
function TaskFilter({ value, tasks, input, onChange }: TaskFilterProps) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);

  return (
    <form
      className={classes(styles.task, value !== '' && styles.active)}
      onSubmit={(event) => {
        event.preventDefault();
        onChange(draft.trim());
      }}
    >
      <Icon name="search" size={14} />
      <input
        ref={input}
        type="text"
        list="known-tasks"
        aria-label="Filter by task"
        placeholder="Task id"
        autoComplete="off"
        spellCheck={false}
        value={draft}
        onChange={(event) => {
          setDraft(event.target.value);
          if (tasks.includes(event.target.value)) {
            onChange(event.target.value);
          }
        }}
        onBlur={() => onChange(draft.trim())}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            setDraft(value);
            event.currentTarget.blur();
          }
        }}
      />
      <datalist id="known-tasks">
        {tasks.map((task) => (
          <option key={task} value={task} />
        ))}
      </datalist>
      {value !== '' && <IconButton icon="close" label="Clear task filter" onClick={() => onChange('')} />}
    </form>
  );
}
