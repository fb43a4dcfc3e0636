import { Button } from './Button';
import styles from './Pager.module.css';

interface Props {
  pages: { currentPage: number; totalPages: number };
  onPage(page: number): void;
}

/** Pages of a list that knows how many it has; nothing where there is only one. */
export function NumberedPager({ pages: { currentPage, totalPages }, onPage }: Props) {
  return totalPages > 1 ? (
    <span className={styles.pager}>
      <Button disabled={currentPage <= 1} onClick={() => onPage(currentPage - 1)}>
        Previous
      </Button>
      <span>
        Page {currentPage} of {totalPages}
      </span>
      <Button disabled={currentPage >= totalPages} onClick={() => onPage(currentPage + 1)}>
        Next
      </Button>
    </span>
  ) : null;
}
