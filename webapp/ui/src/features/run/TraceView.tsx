import { useDeferredValue, useMemo, useState } from 'react';
import { plural } from '../../lib/format';
import { useNow } from '../../lib/useNow';
import { useShortcuts } from '../../lib/useShortcuts';
import { Button, IconButton } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { Icon } from '../../ui/Icon';
import { Loading } from '../../ui/Loading';
import { closable, findNode, rowsOf, type TimeWindow, type TraceNode, wholeWindow } from './trace';
import { TraceRows } from './TraceRows';
import styles from './TraceView.module.css';

interface Props {
  /** Absent while it is loaded. */
  root: TraceNode | undefined;
  isOver: boolean;
  selected: string | undefined;
  onSelect(node: TraceNode | undefined): void;
}

export function TraceView({ root, ...rest }: Props) {
  return root ? <LoadedTrace root={root} {...rest} /> : <Loading label="Loading the trace" />;
}

/** What the run's time was spent on: a tree beside a timeline, one row for each part. */
function LoadedTrace({ root, isOver, selected, onSelect }: Props & { root: TraceNode }) {
  const now = useNow(!isOver);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState({ search: '', errorsOnly: false, withLogs: true });
  const [zoom, setZoom] = useState<TimeWindow>();
  const wanted = useDeferredValue(filter);
  const rows = useMemo(() => rowsOf(root, closed, wanted), [root, closed, wanted]);
  const whole = useMemo(() => wholeWindow(root, now), [root, now]);
  const chosen = selected === undefined ? undefined : findNode(root, selected);

  const toggle = (id: string) =>
    setClosed((before) => {
      const after = new Set(before);
      if (!after.delete(id)) {
        after.add(id);
      }
      return after;
    });
  const zoomIn = () => chosen && setZoom(around(chosen, now));
  useShortcuts({
    e: () => setClosed(new Set()),
    w: () => setClosed(new Set(closable(root).filter((id) => id !== root.id))),
    z: () => (zoom ? setZoom(undefined) : zoomIn()),
    l: () => setFilter((before) => ({ ...before, withLogs: !before.withLogs })),
  });

  return (
    <section className={styles.view} aria-label="Trace">
      <div className={styles.tools}>
        <label className={styles.search}>
          <Icon name="search" size={14} />
          <input
            type="search"
            aria-label="Search the trace"
            placeholder="Search"
            value={filter.search}
            onChange={(event) => setFilter({ ...filter, search: event.target.value })}
          />
        </label>
        <Toggle
          label="Errors only"
          isOn={filter.errorsOnly}
          onToggle={() => setFilter({ ...filter, errorsOnly: !filter.errorsOnly })}
        />
        <Toggle
          label="Logs"
          title="Show log lines in the trace (l)"
          isOn={filter.withLogs}
          onToggle={() => setFilter({ ...filter, withLogs: !filter.withLogs })}
        />
        <span className={styles.count}>{plural(rows.length, 'row')}</span>
        {zoom ? (
          <Button look="ghost" onClick={() => setZoom(undefined)} title="Show the whole run (z)">
            Whole run
          </Button>
        ) : (
          <Button
            look="ghost"
            disabled={!chosen}
            onClick={zoomIn}
            title="Show only the time of the selected row (z)"
          >
            Zoom to selection
          </Button>
        )}
        <IconButton icon="unfold" label="Open all (e)" onClick={() => setClosed(new Set())} />
        <IconButton
          icon="fold"
          label="Close all (w)"
          onClick={() => setClosed(new Set(closable(root).filter((id) => id !== root.id)))}
        />
      </div>
      <TraceRows
        rows={rows}
        window={zoom ?? whole}
        origin={root.start}
        now={now}
        selected={chosen?.id}
        onSelect={onSelect}
        onToggle={toggle}
      />
    </section>
  );
}

/** A little more than the row's time, so that its borders are seen. */
function around(one: TraceNode, now: number): TimeWindow {
  const end = one.end ?? Math.max(now, one.start);
  const margin = Math.max((end - one.start) * 0.05, 0.01);
  return { from: one.start - margin, to: end + margin };
}

interface ToggleProps {
  label: string;
  title?: string;
  isOn: boolean;
  onToggle(): void;
}

function Toggle({ label, title, isOn, onToggle }: ToggleProps) {
  return (
    <button
      type="button"
      title={title}
      aria-pressed={isOn}
      className={classes(styles.toggle, isOn && styles.on)}
      onClick={onToggle}
    >
      {label}
    </button>
  );
}
