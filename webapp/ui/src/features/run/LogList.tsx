import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import { formatAbsolute, formatClock } from '../../lib/format';
import { attributesText, cutAtMatches, type LogLine, plainText } from './logLines';
import styles from './LogList.module.css';

interface Props {
  lines: LogLine[];
  search: string;
  isFollowing: boolean;
  onFollow(isFollowing: boolean): void;
}

const LINE_PX = 22;

/** Only the lines in sight exist. Following ends when the person scrolls up, and begins again at the end. */
export function LogList({ lines, search, isFollowing, onFollow }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    getItemKey: (index) => lines[index]!.seq,
    overscan: 20,
  });

  const height = virtual.getTotalSize();
  useEffect(() => {
    if (isFollowing && scroller.current) {
      scroller.current.scrollTop = scroller.current.scrollHeight;
    }
  }, [isFollowing, height]);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) {
      return;
    }
    const isUpwards = element.scrollTop < lastTop.current - 2;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < LINE_PX;
    lastTop.current = element.scrollTop;
    if (isFollowing && isUpwards && !isAtEnd) {
      onFollow(false);
    }
  };

  const hasAttempts = lines.some((line) => (line.attempt ?? 1) > 1);
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label="Log lines"
      onScroll={onScroll}
    >
      <div className={styles.body} style={{ height }}>
        {virtual.getVirtualItems().map((item) => (
          <div
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            className={styles.place}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <Line line={lines[item.index]!} search={search} hasAttempts={hasAttempts} />
          </div>
        ))}
      </div>
    </div>
  );
}

interface LineProps {
  line: LogLine;
  search: string;
  hasAttempts: boolean;
}

const Line = memo(function Line({ line, search, hasAttempts }: LineProps) {
  const at = Date.parse(line.at);
  const attributes = attributesText(line);
  return (
    <div className={styles.line} data-level={line.level} data-testid="log-line">
      <time dateTime={line.at} title={formatAbsolute(at)}>
        {formatClock(at)}
      </time>
      {hasAttempts && (
        <span className={styles.attempt} title={`Attempt ${line.attempt ?? 1}`}>
          #{line.attempt ?? 1}
        </span>
      )}
      <span className={styles.level} title={line.stream}>
        {line.level}
      </span>
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
