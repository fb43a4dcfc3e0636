import type { ReactNode } from 'react';
import styles from './Stats.module.css';

/** Few large numbers above a list. */
export function Stats({ children }: { children: ReactNode }) {
  return <dl className={styles.stats}>{children}</dl>;
}

export function Stat({ name, value, hint }: { name: string; value: ReactNode; hint?: string | undefined }) {
  return (
    <div className={styles.stat}>
      <dt>{name}</dt>
      <dd>
        {value}
        {hint && <span className={styles.hint}>{hint}</span>}
      </dd>
    </div>
  );
}
