import styles from './Progress.module.css';

interface Props {
  label: string;
  done: number;
  failed: number;
  total: number;
}

/** How much of something is done; its red part failed. */
export function Progress({ label, done, failed, total }: Props) {
  const most = Math.max(1, total);
  return (
    <span className={styles.progress}>
      <svg
        className={styles.bar}
        viewBox="0 0 100 6"
        preserveAspectRatio="none"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done + failed}
      >
        <rect width="100" height="6" className={styles.back} />
        <rect width={(100 * (done + failed)) / most} height="6" className={styles.bad} />
        <rect width={(100 * done) / most} height="6" className={styles.good} />
      </svg>
      <span className={styles.text}>
        {(done + failed).toLocaleString('en-US')} of {total.toLocaleString('en-US')}
      </span>
    </span>
  );
}
