import { CodeBlock, JsonView } from '../../ui/CodeBlock';
import { isFinal } from '../runs/status';
import type { Content, RunDetail, RunError } from './api';
import styles from './Overview.module.css';
import { WaitingPanel } from './WaitingPanel';

export function Overview({ run }: { run: RunDetail }) {
  const failedBefore = run.error === undefined ? run.attempts.findLast((attempt) => attempt.error) : undefined;
  return (
    <div className={styles.overview}>
      {run.waitingFor && <WaitingPanel reason={run.waitingFor} />}
      {run.error && <ErrorView title="Error" error={run.error} />}
      {failedBefore?.error && !isFinal(run.status) && (
        <ErrorView title={`Error of attempt ${failedBefore.number}`} error={failedBefore.error} />
      )}
      {run.output && <ContentView title="Output" content={run.output} />}
      {run.payload ? (
        <ContentView title="Payload" content={run.payload} />
      ) : (
        <p className={styles.none}>It was triggered without a payload.</p>
      )}
      {run.metadata !== undefined && (
        <JsonView title="Metadata" text={JSON.stringify(run.metadata)} type="application/json" isTruncated={false} />
      )}
      <JsonView title="Context" text={JSON.stringify(run.context)} type="application/json" isTruncated={false} />
    </div>
  );
}

function ContentView({ title, content }: { title: string; content: Content }) {
  return <JsonView title={title} text={content.text} type={content.type} isTruncated={content.truncated} />;
}

export function ErrorView({ title, error }: { title: string; error: RunError }) {
  return <CodeBlock title={title} text={textOf(error)} hint={error.code} tone="red" />;
}

/** A Java stack trace begins with what name and message say; then these are not said twice. */
function textOf({ name, message, stackTrace }: RunError): string {
  const headline = [name, message].filter(Boolean).join(': ');
  if (!stackTrace) {
    return headline;
  }
  return stackTrace.includes(message) ? stackTrace : `${headline}\n${stackTrace}`;
}
