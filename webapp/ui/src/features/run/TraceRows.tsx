import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef, type CSSProperties, type KeyboardEvent } from 'react';
import { formatSpan } from '../../lib/format';
import { Icon, type IconName } from '../../ui/Icon';
import { barOf, ticksOf, type NodeKind, type TimeWindow, type TraceNode, type TraceRow } from './trace';
import styles from './TraceRows.module.css';

interface Props {
  rows: TraceRow[];
  window: TimeWindow;
  /** When the run began: the axis counts from there. */
  origin: number;
  now: number;
  selected: string | undefined;
  onSelect(node: TraceNode | undefined): void;
  onToggle(id: string): void;
}

const ROW_PX = 28;
const ICONS: Record<NodeKind, IconName> = {
  run: 'runs',
  queued: 'queue',
  starting: 'play',
  attempt: 'bolt',
  wait: 'pause',
  span: 'span',
  log: 'terminal',
  child: 'arrowIn',
};

/** Only the rows in sight exist; the keyboard is that of the ARIA pattern for trees. */
export function TraceRows({ rows, window, origin, now, selected, onSelect, onToggle }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]!.node.id,
    overscan: 15,
  });
  const at = useMemo(() => rows.findIndex(({ node }) => node.id === selected), [rows, selected]);
  const bringIntoView = useRef(virtual.scrollToIndex);
  useEffect(() => {
    bringIntoView.current = virtual.scrollToIndex;
  });
  useEffect(() => {
    if (at >= 0) {
      bringIntoView.current(at, { align: 'auto' });
    }
    // Only a change of the selection moves what is seen, not a row that arrives above it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && selected !== undefined) {
      event.preventDefault();
      onSelect(undefined);
      return;
    }
    const target = moveOf(event.key, rows, Math.max(0, at));
    if (target === undefined) {
      return;
    }
    event.preventDefault();
    if (target.toggle !== undefined) {
      onToggle(target.toggle);
    }
    const row = rows[target.to];
    if (row) {
      onSelect(row.node);
    }
  };

  return (
    <div className={styles.trace}>
      <Axis window={window} origin={origin} />
      <div
        ref={scroller}
        className={styles.scroller}
        role="tree"
        aria-label="Spans"
        tabIndex={0}
        aria-activedescendant={at >= 0 ? rowId(rows[at]!.node) : undefined}
        onKeyDown={onKeyDown}
      >
        <div role="none" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]!;
            return (
              <div
                key={item.key}
                role="none"
                className={styles.place}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                <Row
                  row={row}
                  window={window}
                  now={row.node.end === undefined ? now : 0}
                  isSelected={row.node.id === selected}
                  onSelect={onSelect}
                  onToggle={onToggle}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function rowId(node: TraceNode): string {
  return `trace-${node.id}`;
}

interface Move {
  to: number;
  toggle?: string;
}

function moveOf(key: string, rows: TraceRow[], at: number): Move | undefined {
  const row = rows[at];
  if (!row) {
    return undefined;
  }
  switch (key) {
    case 'ArrowDown':
      return { to: Math.min(rows.length - 1, at + 1) };
    case 'ArrowUp':
      return { to: Math.max(0, at - 1) };
    case 'ArrowRight':
      return row.hasChildren && !row.isOpen ? { to: at, toggle: row.node.id } : { to: row.isOpen ? at + 1 : at };
    case 'ArrowLeft':
      return row.isOpen ? { to: at, toggle: row.node.id } : { to: parentOf(rows, at) };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: rows.length - 1 };
    case 'PageDown':
      return { to: Math.min(rows.length - 1, at + 15) };
    case 'PageUp':
      return { to: Math.max(0, at - 15) };
    default:
      return undefined;
  }
}

function parentOf(rows: TraceRow[], at: number): number {
  for (let index = at - 1; index >= 0; index -= 1) {
    if (rows[index]!.depth < rows[at]!.depth) {
      return index;
    }
  }
  return at;
}

function Axis({ window, origin }: { window: TimeWindow; origin: number }) {
  const length = window.to - window.from;
  return (
    <div className={styles.axis} aria-hidden="true">
      <span className={styles.corner}>Span</span>
      <span className={styles.scale}>
        {ticksOf(window, origin).map((tick) => (
          <span key={tick} style={{ left: `${((origin + tick - window.from) / length) * 100}%` }}>
            {formatSpan(tick)}
          </span>
        ))}
      </span>
    </div>
  );
}

interface RowProps {
  row: TraceRow;
  window: TimeWindow;
  now: number;
  isSelected: boolean;
  onSelect(node: TraceNode): void;
  onToggle(id: string): void;
}

const Row = memo(function Row({ row, window, now, isSelected, onSelect, onToggle }: RowProps) {
  const { node, depth, isOpen, hasChildren } = row;
  const isLog = node.kind === 'log';
  return (
    <div
      id={rowId(node)}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={isSelected}
      aria-expanded={hasChildren ? isOpen : undefined}
      aria-label={`${node.name}${isLog ? '' : ` ${lengthOf(node, now)}`}${node.isError ? ' failed' : ''}`}
      className={styles.row}
      data-kind={node.kind}
      data-tone={node.tone}
      data-error={node.isError || undefined}
      data-testid="trace-row"
      onClick={() => onSelect(node)}
      onDoubleClick={() => hasChildren && onToggle(node.id)}
    >
      <span className={styles.name} style={{ '--depth': Math.min(depth, 24) } as CSSProperties}>
        {hasChildren ? (
          <span
            role="presentation"
            className={styles.caret}
            data-open={isOpen || undefined}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(node.id);
            }}
          >
            <Icon name="down" size={12} />
          </span>
        ) : (
          <span className={styles.noCaret} />
        )}
        <Icon name={node.isError && !isLog ? 'cross' : ICONS[node.kind]} size={13} className={styles.icon} />
        <span className={styles.text} title={node.name}>
          {node.name}
        </span>
      </span>
      <span className={styles.lane}>
        <Bar node={node} window={window} now={now} />
      </span>
    </div>
  );
});

function Bar({ node, window, now }: { node: TraceNode; window: TimeWindow; now: number }) {
  const bar = barOf(node, window, now);
  if (!bar) {
    return null;
  }
  const left = `${bar.left * 100}%`;
  if (node.kind === 'log') {
    return <span className={styles.dot} style={{ left }} />;
  }
  // The length stands behind its bar, or before it where there is no room.
  const isFarRight = bar.left + bar.width > 0.85;
  return (
    <>
      <span
        className={styles.bar}
        data-open={node.end === undefined || undefined}
        style={{ left, width: `${bar.width * 100}%` }}
      />
      <span
        className={styles.length}
        style={isFarRight ? { right: `${(1 - bar.left) * 100}%` } : { left: `${(bar.left + bar.width) * 100}%` }}
      >
        {lengthOf(node, now)}
      </span>
    </>
  );
}

function lengthOf(node: TraceNode, now: number): string {
  return formatSpan((node.end ?? Math.max(now, node.start)) - node.start);
}
