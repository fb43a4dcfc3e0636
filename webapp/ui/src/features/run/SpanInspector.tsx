import { Link } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { formatAbsolute, formatSpan } from '../../lib/format';
import { momentOf } from '../../lib/micros';
import { useNow } from '../../lib/useNow';
import { IconButton } from '../../ui/Button';
import { JsonView } from '../../ui/CodeBlock';
import { StatusBadge } from '../runs/StatusBadge';
import { Fact } from './Details';
import details from './Details.module.css';
import { ErrorView } from './Overview';
import styles from './SpanInspector.module.css';
import type { SpanEvent } from './spans';
import type { TraceNode } from './trace';

const KINDS: Record<TraceNode['kind'], string> = {
  run: 'Run',
  queued: 'Queued',
  starting: 'Starting',
  attempt: 'Attempt',
  wait: 'Wait',
  span: 'Span',
  log: 'Log line',
  child: 'Run that was triggered',
};

/** All that is known of the selected row of the trace. */
export function SpanInspector({ node, onClose }: { node: TraceNode; onClose(): void }) {
  const { slug } = useEnvironment();
  const now = useNow(node.end === undefined);
  const { span, line, child, attempt } = node;
  const attributes = span?.attributes ?? line?.attributes;
  return (
    <aside className={details.details} aria-label="Selected span" data-testid="span-inspector">
      <header className={styles.head}>
        <h2>{KINDS[node.kind]}</h2>
        <IconButton icon="close" label="Close (Escape)" onClick={onClose} />
      </header>
      <p className={styles.name}>{node.name}</p>
      <dl>
        {child && <Fact name="Status" value={<StatusBadge status={child.status} />} />}
        {child && <Fact name="Run" value={<Link to={`/envs/${slug}/runs/${child.id}`}>{child.id}</Link>} />}
        {line && <Fact name="Level" value={line.level} />}
        {line && <Fact name="Stream" value={line.stream} />}
        <Fact name={line ? 'Written' : 'Started'} value={formatAbsolute(Math.floor(node.start))} />
        {!line && node.end !== undefined && <Fact name="Ended" value={formatAbsolute(Math.floor(node.end))} />}
        {!line && (
          <Fact
            name={node.end === undefined ? 'Goes on for' : 'Took'}
            value={formatSpan((node.end ?? Math.max(now, node.start)) - node.start)}
          />
        )}
        <Fact name="Attempt" value={span?.attempt ?? line?.attempt} />
        <Fact name="Span id" value={span?.id} canCopy />
      </dl>
      {span?.status === 'ERROR' && (
        <ErrorView title="Error" error={{ message: span.statusMessage ?? 'It failed.', ...traceOf(span.events) }} />
      )}
      {attempt?.error && <ErrorView title="Error" error={attempt.error} />}
      {attributes && (
        <JsonView title="Attributes" text={JSON.stringify(attributes)} type="application/json" isTruncated={false} />
      )}
      {span?.events && span.events.length > 0 && <Events events={span.events} start={node.start} />}
    </aside>
  );
}

/** The exception of a failed span is one of its moments. */
function traceOf(events: SpanEvent[] | undefined): { stackTrace?: string } {
  const stack = events?.findLast((event) => event.name === 'exception')?.attributes?.['exception.stacktrace'];
  return typeof stack === 'string' ? { stackTrace: stack } : {};
}

function Events({ events, start }: { events: SpanEvent[]; start: number }) {
  return (
    <section aria-label="Events" className={styles.events}>
      <h3>Events</h3>
      <ol>
        {events.map((event, index) => (
          <li key={index}>
            <span className={styles.when}>{event.at && `+${formatSpan(momentOf(event.at) - start)}`}</span>
            <span className={styles.what}>
              {event.name}
              {event.attributes && event.name !== 'exception' && <code>{JSON.stringify(event.attributes)}</code>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
