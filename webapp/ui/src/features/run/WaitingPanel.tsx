import { Link } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { plural, shortId } from '../../lib/format';
import { Icon } from '../../ui/Icon';
import { RelativeTime } from '../../ui/Time';
import type { WaitingFor } from './api';
import styles from './WaitingPanel.module.css';

/** Why the run does not run now: the gate that holds it, who stands in the way, and what happens next. */
export function WaitingPanel({ reason }: { reason: WaitingFor }) {
  return (
    <section className={styles.panel} aria-label="Why it waits">
      <p className={styles.sentence} data-testid="waiting-for" data-gate={reason.gate}>
        <Icon name="hourglass" />
        <span>{reason.sentence}</span>
      </p>
      {reason.also?.map((sentence) => (
        <p key={sentence} className={styles.also}>
          Then: {sentence}
        </p>
      ))}
      <dl className={styles.facts}>
        {reason.slots && <Slots slots={reason.slots} />}
        {reason.ahead && (
          <div>
            <dt>Ahead of it</dt>
            <dd>
              {plural(reason.ahead.inQueue, 'run')} in its queue,{' '}
              {plural(reason.ahead.inEnvironment, 'run')} in the environment
            </dd>
          </div>
        )}
        {reason.waits && <Waits waits={reason.waits} />}
        {reason.next && (
          <div>
            <dt>Next</dt>
            <dd>
              {reason.next.what} <RelativeTime at={reason.next.at} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Slots({ slots }: { slots: NonNullable<WaitingFor['slots']> }) {
  const { slug } = useEnvironment();
  const more = slots.used - slots.holders.length;
  return (
    <div>
      <dt>
        Slots {slots.used} of {slots.limit}
      </dt>
      <dd>
        <ul className={styles.list}>
          {slots.holders.map((holder) => (
            <li key={holder.id}>
              <Link to={`/envs/${slug}/runs/${holder.id}`}>{holder.taskId}</Link>{' '}
              <code title={holder.id}>{shortId(holder.id)}</code>
              {holder.since && (
                <>
                  {' '}
                  started <RelativeTime at={holder.since} />
                </>
              )}
            </li>
          ))}
          {more > 0 && <li>and {plural(more, 'other run')}</li>}
        </ul>
      </dd>
    </div>
  );
}

function Waits({ waits }: { waits: NonNullable<WaitingFor['waits']> }) {
  const { slug } = useEnvironment();
  return (
    <div>
      <dt>Waits for</dt>
      <dd>
        <ul className={styles.list}>
          {waits.map((wait) => (
            <li key={wait.id}>
              {wait.kind === 'RUN' ? (
                <>
                  run <Link to={`/envs/${slug}/runs/${wait.id}`}>{wait.taskId ?? wait.id}</Link>
                </>
              ) : wait.kind === 'DATETIME' ? (
                'a time'
              ) : (
                <>
                  {wait.kind === 'MANUAL' ? 'token' : 'batch'} <code>{wait.id}</code>
                </>
              )}
              {wait.until && (
                <>
                  , at the latest <RelativeTime at={wait.until} />
                </>
              )}
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}
