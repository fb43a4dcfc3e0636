import { useMemo, useRef, type RefObject } from 'react';
import { Link } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { shortId } from '../../lib/format';
import { useShortcuts } from '../../lib/useShortcuts';
import { Tag } from '../../ui/Badge';
import { type Column, Table } from '../../ui/Table';
import { RelativeTime } from '../../ui/Time';
import type { RunItem } from './api';
import { RunDuration } from './RunDuration';
import styles from './RunsTable.module.css';
import { StatusBadge } from './StatusBadge';
import { lookOf } from './status';
import type { RunsView } from './useRuns';

const ROW_PX = { narrow: 58, else: 40 };

export interface Selection {
  selected: ReadonlySet<string>;
  onChange(selected: ReadonlySet<string>): void;
}

interface Props {
  view: RunsView;
  scroller: RefObject<HTMLDivElement | null>;
  /** Absent where the person may change nothing. */
  selection?: Selection;
}

export function RunsTable({ view, scroller, selection }: Props) {
  const { slug } = useEnvironment();
  const columns = useMemo(
    () => [...(selection ? [selectionColumn(selection)] : []), ...columnsOf(slug)],
    [slug, selection?.selected, selection?.onChange],
  );
  useRowKeys(view.runs.items, scroller, selection);
  return (
    <Table
      label="Runs"
      columns={columns}
      items={view.runs.items}
      keyOf={idOf}
      rowHeight={ROW_PX}
      scroller={scroller}
      onEndNear={view.loadMore}
      footer={
        <p className={styles.end}>
          {view.isLoadingMore ? 'Loading more…' : view.runs.next === undefined ? 'No older runs' : ''}
        </p>
      }
    />
  );
}

const idOf = (run: RunItem) => run.id;

function selectionColumn({ selected, onChange }: Selection): Column<RunItem> {
  return {
    id: 'select',
    header: '',
    width: '1rem',
    cell: (run) => (
      <input
        type="checkbox"
        className={styles.select}
        aria-label={`Select ${run.id}`}
        checked={selected.has(run.id)}
        onChange={() => onChange(toggled(selected, run.id))}
      />
    ),
  };
}

function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const changed = new Set(selected);
  if (!changed.delete(id)) {
    changed.add(id);
  }
  return changed;
}

function columnsOf(slug: string): Column<RunItem>[] {
  return [
    {
      id: 'task',
      header: 'Task',
      width: 'minmax(6rem, 1.5fr)',
      cell: (run) => (
        <>
          <Link
            to={`/envs/${slug}/runs/${run.id}`}
            className={styles.link}
            data-run={run.id}
            aria-label={`${run.taskId} ${run.id} ${lookOf(run.status).label}`}
          >
            {run.taskId}
          </Link>
          {run.isTest && <span className={styles.test}>Test</span>}
          <span className={styles.under}>
            {shortId(run.id)} · <RelativeTime at={run.createdAt} />
          </span>
        </>
      ),
    },
    {
      id: 'id',
      header: 'Run',
      width: '8rem',
      from: 'medium',
      cell: (run) => (
        <code className={styles.id} title={run.id}>
          {shortId(run.id)}
        </code>
      ),
    },
    { id: 'status', header: 'Status', width: '8.75rem', cell: (run) => <StatusBadge status={run.status} /> },
    { id: 'version', header: 'Version', width: '5.5rem', from: 'wide', cell: (run) => run.version ?? '–' },
    { id: 'attempt', header: 'Attempt', width: '4rem', from: 'wide', cell: (run) => run.attempt || '–' },
    {
      id: 'queue',
      header: 'Queue',
      width: 'minmax(6rem, 1fr)',
      from: 'wide',
      cell: (run) => <span title={run.queue}>{run.queue}</span>,
    },
    {
      id: 'tags',
      header: 'Tags',
      width: 'minmax(6rem, 1fr)',
      from: 'wide',
      cell: (run) => (
        <span className={styles.tags}>
          {run.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </span>
      ),
    },
    {
      id: 'duration',
      header: 'Duration',
      width: '5.25rem',
      from: 'medium',
      align: 'end',
      cell: (run) => <RunDuration run={run} />,
    },
    {
      id: 'created',
      header: 'Triggered',
      width: '5.5rem',
      from: 'medium',
      align: 'end',
      cell: (run) => (
        <span className={styles.quiet}>
          <RelativeTime at={run.createdAt} />
        </span>
      ),
    },
  ];
}

/** J and K move a real focus from row to row, so that Enter, Tab and screen readers find it where it is seen. */
function useRowKeys(
  items: RunItem[],
  scroller: RefObject<HTMLDivElement | null>,
  selection: Selection | undefined,
): void {
  const current = useRef<string>(undefined);
  const move = (step: 1 | -1) => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-run]')?.dataset.run ?? current.current;
    const from = items.findIndex((item) => item.id === focused);
    const to = from < 0 ? 0 : Math.min(items.length - 1, Math.max(0, from + step));
    const id = items[to]?.id;
    if (id !== undefined) {
      current.current = id;
      bringIntoView(scroller.current, to);
      focusRow(scroller.current, id);
    }
  };
  const select = () => {
    if (selection && current.current !== undefined) {
      selection.onChange(toggled(selection.selected, current.current));
    }
  };
  useShortcuts({ j: () => move(1), k: () => move(-1), x: select });
}

/** The row may not exist yet: scrolling makes the table render it, one or two frames later. */
function focusRow(scroller: HTMLElement | null, id: string, frames = 5): void {
  const link = scroller?.querySelector<HTMLElement>(`[data-run="${CSS.escape(id)}"]`);
  if (link) {
    link.focus({ preventScroll: true, focusVisible: true } as FocusOptions);
  } else if (frames > 0) {
    requestAnimationFrame(() => focusRow(scroller, id, frames - 1));
  }
}

const HEAD_PX = 33;

function bringIntoView(scroller: HTMLElement | null, index: number): void {
  if (!scroller) {
    return;
  }
  const rowPx = scroller.dataset.size === 'narrow' ? ROW_PX.narrow : ROW_PX.else;
  const top = index * rowPx;
  const bottom = top + rowPx + HEAD_PX;
  if (top < scroller.scrollTop) {
    scroller.scrollTop = top;
  } else if (bottom > scroller.scrollTop + scroller.clientHeight) {
    scroller.scrollTop = bottom - scroller.clientHeight;
  }
}
