import { Icon } from './Icon';
import styles from './Loading.module.css';

/** Appears only after a moment, so that quick answers do not flicker. */
export function Loading({ label }: { label: string }) {
  return (
    <div className={styles.loading}>
      <Icon name="spinner" className={styles.spin} />
      <span>{label}…</span>
    </div>
  );
}
