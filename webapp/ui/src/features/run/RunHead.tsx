import { Link } from 'react-router';
import { useEnvironment } from '../../app/environment';
import type { StreamState } from '../../lib/sse';
import { CopyButton } from '../../ui/CopyButton';
import { Icon } from '../../ui/Icon';
import { LiveIndicator } from '../../ui/LiveIndicator';
import { listAddress } from '../runs/neighbours';
import { StatusBadge } from '../runs/StatusBadge';
import type { RunDetail } from './api';
import { Lifecycle } from './Lifecycle';
import { RunActions } from './RunActions';
import styles from './RunHead.module.css';

interface Props {
  run: RunDetail;
  stream: StreamState;
  isOver: boolean;
  isPaused: boolean;
  onPause(): void;
  onChanged(): void;
}

export function RunHead({ run, stream, isOver, isPaused, onPause, onChanged }: Props) {
  const { slug } = useEnvironment();
  return (
    <header className={styles.head}>
      <div className={styles.top}>
        <nav aria-label="Breadcrumb" className={styles.crumbs}>
          <Link to={listAddress(slug)}>
            <Icon name="back" size={14} /> Runs
          </Link>
          <span aria-hidden="true">/</span>
          <code className={styles.id} data-testid="run-id">
            {run.id}
          </code>
          <CopyButton text={run.id} label="Copy run id" />
        </nav>
        {!isOver && <LiveIndicator state={stream} isPaused={isPaused} onToggle={onPause} />}
      </div>
      <div className={styles.title}>
        <h1>{run.taskId}</h1>
        <span role="status" aria-label="Run status" className={styles.status}>
          <StatusBadge status={run.status} />
        </span>
        {run.isTest && <span className={styles.test}>Test</span>}
        <RunActions run={run} isOver={isOver} onChanged={onChanged} />
      </div>
      <Lifecycle run={run} />
    </header>
  );
}
