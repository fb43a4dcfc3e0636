import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, type ReactNode, type RefObject } from 'react';
import styles from './Table.module.css';

export interface Column<T> {
  id: string;
  header: string;
  /** A grid track, such as `minmax(10rem, 2fr)`. */
  width: string;
  /** The narrowest table in which the column still stands. */
  from?: 'medium' | 'wide';
  align?: 'end';
  cell(item: T): ReactNode;
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  items: T[];
  keyOf(item: T): string;
  rowHeight: number;
  scroller: RefObject<HTMLDivElement | null>;
  /** Called when the end comes near. */
  onEndNear(): void;
  footer?: ReactNode;
}

const OVERSCAN = 12;
const END_IS_NEAR = 15;

/**
 * A table that renders only the rows in sight. Rows are grids rather than table rows, since those cannot be positioned;
 * the roles say what they are.
 */
export function Table<T>({ label, columns, items, keyOf, rowHeight, scroller, onEndNear, footer }: Props<T>) {
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(items[index]!),
    overscan: OVERSCAN,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? -1;

  useEffect(() => {
    if (last >= items.length - END_IS_NEAR) {
      onEndNear();
    }
  }, [last, items.length, onEndNear]);

  return (
    <div ref={scroller} className={styles.scroller}>
      <div
        role="table"
        aria-label={label}
        aria-rowcount={items.length + 1}
        className={styles.table}
        style={tracks(columns)}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.row}>
            {columns.map((column) => (
              <div key={column.id} role="columnheader" data-from={column.from} data-align={column.align}>
                {column.header}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {rows.map((row) => (
            <div
              key={row.key}
              role="row"
              aria-rowindex={row.index + 2}
              className={styles.row}
              style={{ height: row.size, transform: `translateY(${row.start}px)` }}
            >
              {columns.map((column) => (
                <div key={column.id} role="cell" data-from={column.from} data-align={column.align}>
                  {column.cell(items[row.index]!)}
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
      {footer}
    </div>
  );
}

function tracks<T>(columns: Column<T>[]): Record<string, string> {
  const upTo = (...sizes: (string | undefined)[]) =>
    columns
      .filter((column) => sizes.includes(column.from))
      .map((column) => column.width)
      .join(' ');
  return {
    '--narrow': upTo(undefined),
    '--medium': upTo(undefined, 'medium'),
    '--wide': upTo(undefined, 'medium', 'wide'),
  };
}
