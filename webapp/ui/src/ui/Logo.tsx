import styles from './Logo.module.css';

/** Three tracks that meet in one: the mark of the yard. */
export function Logo() {
  return (
    <span className={styles.logo}>
      <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <rect width="24" height="24" rx="6" className={styles.plate} />
        <g fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
          <path d="M5 18.500h14M5 18.500c5 0 5-6.500 9-6.500" opacity=".55" />
          <path d="M5 12h14" />
          <path d="M8 12c4 0 4-6.500 9-6.500h2" opacity=".8" />
        </g>
      </svg>
      Runyard
    </span>
  );
}
