import type { Pages } from '../lib/usePages';
import { Button } from './Button';
import styles from './Pager.module.css';

/** Newer and older pages of a list; nothing where there is only one. */
export function Pager({ pages, next }: { pages: Pages; next: string | undefined }) {
  if (pages.isFirst && next === undefined) {
    return null;
  }
  return (
    <span className={styles.pager}>
      <Button disabled={pages.isFirst} onClick={pages.previous}>
        Newer
      </Button>
      <Button disabled={next === undefined} onClick={() => next !== undefined && pages.next(next)}>
        Older
      </Button>
    </span>
  );
}
