import styles from './Logo.module.css';

/** Three tracks that meet in one: the mark of the yard. */
export function Logo() {
  return (
    <span className={styles.logo}>
      <svg width="22" height="22" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <rect width="24" height="24" rx="6" className={styles.plate} />
        <g fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
          <path d="M4.500 6.500c5 0 4.500 5.500 9 5.500M4.500 17.500c5 0 4.500-5.500 9-5.500" opacity=".6" />
          <path d="M4.500 12h15" />
        </g>
      </svg>
      Runyard
    </span>
  );
}
