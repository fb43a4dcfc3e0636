import { useDeferredValue, useMemo, useRef, useState, type ReactNode } from 'react';
import { useShortcuts } from '../../lib/useShortcuts';
import { IconButton } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { EmptyState } from '../../ui/EmptyState';
import { Icon } from '../../ui/Icon';
import { Loading } from '../../ui/Loading';
import { asText, filterLines, type LogLevel, type LogLine } from './logLines';
import { LogList } from './LogList';
import styles from './LogView.module.css';

interface Props {
  lines: LogLine[];
  isLoaded: boolean;
  isOver: boolean;
}

const LEAST: { level: LogLevel; label: string }[] = [
  { level: 'TRACE', label: 'All levels' },
  { level: 'DEBUG', label: 'Debug and above' },
  { level: 'INFO', label: 'Info and above' },
  { level: 'WARN', label: 'Warnings and errors' },
  { level: 'ERROR', label: 'Errors only' },
];

export function LogView({ lines, isLoaded, isOver }: Props) {
  const [least, setLeast] = useState<LogLevel>('TRACE');
  const [search, setSearch] = useState('');
  // A run that is over is read from its beginning.
  const [isFollowing, setFollowing] = useState(!isOver);
  const input = useRef<HTMLInputElement>(null);
  const wanted = useDeferredValue(search);
  const shown = useMemo(() => filterLines(lines, { least, search: wanted }), [lines, least, wanted]);
  useShortcuts({ '/': () => input.current?.focus() });

  return (
    <section className={styles.view} aria-label="Logs">
      <div className={styles.tools}>
        <label className={styles.search}>
          <Icon name="search" size={14} />
          <input
            ref={input}
            type="search"
            aria-label="Search logs"
            placeholder="Search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
        <select
          aria-label="Least level"
          className={styles.level}
          value={least}
          onChange={(event) => setLeast(event.target.value as LogLevel)}
        >
          {LEAST.map(({ level, label }) => (
            <option key={level} value={level}>
              {label}
            </option>
          ))}
        </select>
        <span className={styles.count}>
          {shown.length === lines.length
            ? lines.length.toLocaleString('en-US')
            : `${shown.length.toLocaleString('en-US')} of ${lines.length.toLocaleString('en-US')}`}
        </span>
        <IconButton
          icon="follow"
          label="Follow new lines"
          aria-pressed={isFollowing}
          onClick={() => setFollowing(!isFollowing)}
        />
        <CopyButton text={() => asText(shown)} label="Copy the lines shown" />
      </div>
      <Body lines={lines} shown={shown} isLoaded={isLoaded} isOver={isOver}>
        <LogList lines={shown} search={wanted} isFollowing={isFollowing} onFollow={setFollowing} />
      </Body>
    </section>
  );
}

interface BodyProps extends Props {
  shown: LogLine[];
  children: ReactNode;
}

function Body({ lines, shown, isLoaded, isOver, children }: BodyProps) {
  if (!isLoaded) {
    return <Loading label="Loading logs" />;
  }
  if (shown.length > 0) {
    return children;
  }
  return lines.length > 0 ? (
    <EmptyState icon="filter" title="No line matches" />
  ) : (
    <EmptyState icon="terminal" title={isOver ? 'It wrote nothing' : 'No lines yet'}>
      <p>What the task prints or logs appears here.</p>
    </EmptyState>
  );
}
