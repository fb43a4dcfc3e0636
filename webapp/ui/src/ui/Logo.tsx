import styles from './Logo.module.css';

/** Three tracks that meet in one: the mark of the yard. */
export function Logo() {
  return (
    <span className={styles.logo}>
      <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <rect width="24" height="24" rx="6" className={styles.plate} />
        <g fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
          <path d="M4.5 6.5c5 0 4.5 5.5 9 5.5M4.5 17.5c5 0 4.5-5.5 9-5.5" opacity=".6" />
          <path d="M4.5 12h15" />
        </g>
      </svg>
      Runyard
    </span>
  );
}
