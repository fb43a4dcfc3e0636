import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useState, type CSSProperties, type ReactNode, type RefObject } from 'react';
import styles from './Table.module.css';

export interface Column<T> {
  id: string;
  header: string;
  /** A grid track, such as `minmax(10rem, 2fr)`. */
  width: string;
  /** The narrowest table in which the column still stands; without it, it always does. */
  from?: 'medium' | 'wide';
  align?: 'end';
  cell(item: T): ReactNode;
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  items: T[];
  keyOf(item: T): string;
  rowHeight: { narrow: number; else: number };
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
  const size = useSize(scroller);
  const shown = columns.filter((column) => ORDER.indexOf(column.from ?? 'narrow') <= ORDER.indexOf(size));
  const height = size === 'narrow' ? rowHeight.narrow : rowHeight.else;
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => keyOf(items[index]!),
    overscan: OVERSCAN,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? -1;

  useEffect(() => virtual.measure(), [virtual, height]);
  useEffect(() => {
    if (last >= items.length - END_IS_NEAR) {
      onEndNear();
    }
  }, [last, items.length, onEndNear]);

  return (
    <div ref={scroller} className={styles.scroller} data-size={size}>
      <div
        role="table"
        aria-label={label}
        aria-rowcount={items.length + 1}
        style={{ '--tracks': shown.map((column) => column.width).join(' ') } as CSSProperties}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" aria-rowindex={1} className={styles.row}>
            {shown.map((column) => (
              <div key={column.id} role="columnheader" data-align={column.align}>
                {column.header || <span className="sr-only">{column.id}</span>}
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
              {shown.map((column) => (
                <div key={column.id} role="cell" data-align={column.align}>
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

type Size = 'narrow' | 'medium' | 'wide';

const ORDER: Size[] = ['narrow', 'medium', 'wide'];

/** By the table's own width rather than the window's: a side bar may or may not stand beside it. */
function useSize(scroller: RefObject<HTMLDivElement | null>): Size {
  const [size, setSize] = useState<Size>('wide');
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) {
      return undefined;
    }
    const measure = () => setSize(sizeOf(element.clientWidth));
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return size;
}

function sizeOf(width: number): Size {
  return width < 650 ? 'narrow' : width < 1100 ? 'medium' : 'wide';
}
