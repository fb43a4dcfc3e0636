import type { ReactNode } from 'react';
import styles from './DataTable.module.css';

export interface DataColumn<T> {
  id: string;
  header: string;
  /** The narrowest page in which the column still stands; without it, it always does. */
  from?: 'medium' | 'wide';
  align?: 'end';
  /** Takes the room that the others leave. */
  isMain?: true;
  cell(item: T): ReactNode;
}

interface Props<T> {
  label: string;
  columns: DataColumn<T>[];
  items: T[];
  keyOf(item: T): string;
  footer?: ReactNode;
}

/** A table of a few hundred rows at most, all of them in the page. Longer lists are for Table. */
export function DataTable<T>({ label, columns, items, keyOf, footer }: Props<T>) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" data-from={column.from} data-align={column.align}>
                {column.header || <span className="sr-only">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={keyOf(item)}>
              {columns.map((column) => (
                <td
                  key={column.id}
                  data-from={column.from}
                  data-align={column.align}
                  data-main={column.isMain ? '' : undefined}
                >
                  {column.cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {footer && <div className={styles.footer}>{footer}</div>}
    </div>
  );
}
