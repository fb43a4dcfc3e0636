import type { ReactNode } from 'react';
import styles from './Facts.module.css';

/** Names with their values, one below the other. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

/** Leaves itself out where there is nothing to say. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return children === undefined || children === null || children === '' ? null : (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
