import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { formatAbsolute, formatClock, formatRelative, shortId } from '../../lib/format';
import { useNow } from '../../lib/useNow';
import { attributesText, cutAtMatches, plainText } from '../run/logLines';
import type { FoundLine } from './api';
import styles from './FoundLines.module.css';
import { keyOf } from './query';
import type { LogResults } from './useLogSearch';

const LINE_PX = 28;
const END_IS_NEAR = 30;
const DAY_MS = 24 * 3_600_000;

/** Only the lines in sight exist. */
export function FoundLines({ results, search }: { results: LogResults; search: string }) {
  const { lines, hasMore, loadMore } = results;
  const { slug } = useEnvironment();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    getItemKey: (index) => keyOf(lines[index]!),
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (hasMore && last >= lines.length - END_IS_NEAR) {
      loadMore();
    }
  }, [hasMore, last, lines.length, loadMore]);

  return (
    <div ref={scroller} className={styles.scroller} tabIndex={0} role="log" aria-live="off" aria-label="Lines found">
      <div className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          <div
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            className={styles.place}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <Line line={lines[item.index]!} slug={slug} search={search} />
          </div>
        ))}
      </div>
      <p className={styles.end}>{endOf(results)}</p>
    </div>
  );
}

function endOf({ isLoadingMore, hasMore, searchedTo }: LogResults): string {
  if (isLoadingMore) {
    return 'Loading more…';
  }
  if (searchedTo !== undefined) {
    return `The search took too long. What was written before ${formatAbsolute(Date.parse(searchedTo))} was not looked at; scroll to go on.`;
  }
  return hasMore ? '' : 'No older lines in this period';
}

interface LineProps {
  line: FoundLine;
  slug: string;
  search: string;
}

const Line = memo(function Line({ line, slug, search }: LineProps) {
  const now = useNow();
  const at = Date.parse(line.at);
  const attributes = attributesText(line);
  return (
    <div className={styles.line} data-level={line.level} data-testid="found-line">
      <time dateTime={line.at} title={formatAbsolute(at)}>
        {now - at > DAY_MS ? formatRelative(at, now) : formatClock(at)}
      </time>
      <span className={styles.level}>{line.level}</span>
      <Link
        className={styles.run}
        to={`/envs/${slug}/runs/${line.runId}?tab=logs`}
        title={`${line.taskId ?? 'A task that is gone'} ${line.runId}`}
      >
        {line.taskId ?? shortId(line.runId)}
      </Link>
      <span className={styles.message}>
        <Marked text={plainText(line.message)} search={search} />
        {attributes !== '' && (
          <span className={styles.attributes}>
            {' '}
            <Marked text={attributes} search={search} />
          </span>
        )}
      </span>
    </div>
  );
});

function Marked({ text, search }: { text: string; search: string }) {
  return cutAtMatches(text, search).map((piece, index) =>
    index % 2 === 1 ? <mark key={index}>{piece}</mark> : <span key={index}>{piece}</span>,
  );
}
