import { useEnvironment } from '../../app/environment';
import { triggerCommand } from '../../lib/curl';
import { CodeBlock } from '../../ui/CodeBlock';
import { CopyButton } from '../../ui/CopyButton';
import { EmptyState } from '../../ui/EmptyState';
import styles from './FirstRun.module.css';

/** What an environment without runs shows: the command that makes the first one. */
export function FirstRun() {
  const environment = useEnvironment();
  return (
    <EmptyState icon="terminal" title={`No runs in ${environment.name} yet`}>
      <p>
        Trigger one with the environment's secret key, and watch it appear here. The key starts with{' '}
        <code>tr_{environment.shortName}_</code>; the server does not show it again.
      </p>
      <CodeBlock title="Shell" text={triggerCommand(location.origin, 'hello-world', '{"name":"Ada"}')} />
      <p className={styles.id}>
        Environment <code>{environment.id}</code>
        <CopyButton text={environment.id} label="Copy environment id" />
      </p>
    </EmptyState>
  );
}
