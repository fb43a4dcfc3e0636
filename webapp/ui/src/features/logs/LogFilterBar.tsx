import { useEffect, useState, type RefObject } from 'react';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import type { LogLevel } from '../run/logLines';
import styles from './LogFilterBar.module.css';
import { isFiltered, type LogFilters, parseFilters, PERIODS } from './query';

interface Props {
  filters: LogFilters;
  input: RefObject<HTMLInputElement | null>;
  onChange(filters: LogFilters): void;
}

const LEAST: { level: LogLevel; label: string }[] = [
  { level: 'TRACE', label: 'All levels' },
  { level: 'DEBUG', label: 'Debug and above' },
  { level: 'INFO', label: 'Info and above' },
  { level: 'WARN', label: 'Warnings and errors' },
  { level: 'ERROR', label: 'Errors only' },
];

export function LogFilterBar({ filters, input, onChange }: Props) {
  return (
    <div className={styles.bar} role="search" aria-label="Search logs">
      <TextFilter
        label="Search text"
        placeholder="Search text"
        value={filters.text}
        input={input}
        isLong
        onChange={(text) => onChange({ ...filters, text })}
      />
      <select
        aria-label="Least level"
        className={styles.select}
        value={filters.level}
        onChange={(event) => onChange({ ...filters, level: event.target.value as LogLevel })}
      >
        {LEAST.map(({ level, label }) => (
          <option key={level} value={level}>
            {label}
          </option>
        ))}
      </select>
      <select
        aria-label="Period"
        className={styles.select}
        value={filters.hours}
        onChange={(event) => onChange({ ...filters, hours: Number(event.target.value) })}
      >
        {PERIODS.map(({ hours, label }) => (
          <option key={hours} value={hours}>
            {label}
          </option>
        ))}
      </select>
      <TextFilter
        label="Filter by task"
        placeholder="Task id"
        value={filters.task}
        onChange={(task) => onChange({ ...filters, task })}
      />
      <TextFilter
        label="Filter by run"
        placeholder="Run id"
        value={filters.run}
        onChange={(run) => onChange({ ...filters, run })}
      />
      {isFiltered(filters) && (
        <Button look="ghost" icon="close" onClick={() => onChange(parseFilters(new URLSearchParams()))}>
          Clear
        </Button>
      )}
    </div>
  );
}

interface TextProps {
  label: string;
  placeholder: string;
  value: string;
  input?: RefObject<HTMLInputElement | null>;
  isLong?: boolean;
  onChange(text: string): void;
}

/** Applied with Enter or by leaving the field: each letter would be a search of its own. */
function TextFilter({ label, placeholder, value, input, isLong = false, onChange }: TextProps) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const apply = () => draft.trim() !== value && onChange(draft.trim());
  return (
    <form
      className={styles.text}
      data-long={isLong || undefined}
      data-active={value !== '' || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Icon name="search" size={14} />
      <input
        ref={input}
        type="text"
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={apply}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            setDraft(value);
            event.currentTarget.blur();
          }
        }}
      />
    </form>
  );
}
