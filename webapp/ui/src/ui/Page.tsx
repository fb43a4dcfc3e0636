import { useEffect, type ReactNode } from 'react';
import { classes } from './classes';
import styles from './Page.module.css';

/** The head that all pages share; the title is also the tab's. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  useTitle(title);
  return (
    <header className={styles.head}>
      <h1>{title}</h1>
      {children && <div className={styles.tools}>{children}</div>}
    </header>
  );
}

/** What scrolls below the head. */
export function PageBody({ children, isPadded = false }: { children: ReactNode; isPadded?: boolean }) {
  return <div className={classes(styles.body, isPadded && styles.padded)}>{children}</div>;
}

/** A line of filters or numbers between head and body. */
export function PageBar({ children }: { children: ReactNode }) {
  return <div className={styles.bar}>{children}</div>;
}

/** A titled part of a page. */
export function Section({ title, hint, tools, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <header className={styles.sectionHead}>
        <div>
          <h2>{title}</h2>
          {hint && <p>{hint}</p>}
        </div>
        {tools && <div className={styles.tools}>{tools}</div>}
      </header>
      {children}
    </section>
  );
}

interface SectionProps {
  title: string;
  hint?: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Runyard`;
  }, [title]);
}
