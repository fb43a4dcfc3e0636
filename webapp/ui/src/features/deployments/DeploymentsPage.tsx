import { useState } from 'react';
import { Link } from 'react-router';
import { useEnvironment, useMayChange } from '../../app/environment';
import { useAction } from '../../lib/useAction';
import { useLive } from '../../lib/useLive';
import { useLoaded } from '../../lib/useLoaded';
import { usePages } from '../../lib/usePages';
import { Badge, type Tone } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { CodeBlock } from '../../ui/CodeBlock';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { type DataColumn, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import type { IconName } from '../../ui/Icon';
import { Listing } from '../../ui/Listing';
import { LiveIndicator } from '../../ui/LiveIndicator';
import { PageBody, PageHead } from '../../ui/Page';
import { Pager } from '../../ui/Pager';
import { RelativeTime } from '../../ui/Time';
import {
  compareVersions,
  type Deployment,
  type DeploymentList,
  fetchDeployments,
  promote,
} from './api';
import { DeploymentDialog } from './DeploymentDialog';
import styles from './DeploymentsPage.module.css';

const LOOKS: Record<string, { tone: Tone; icon: IconName; label: string }> = {
  PENDING: { tone: 'grey', icon: 'clock', label: 'Pending' },
  BUILDING: { tone: 'blue', icon: 'spinner', label: 'Building' },
  DEPLOYING: { tone: 'blue', icon: 'spinner', label: 'Deploying' },
  DEPLOYED: { tone: 'green', icon: 'check', label: 'Deployed' },
  FAILED: { tone: 'red', icon: 'cross', label: 'Failed' },
  CANCELED: { tone: 'grey', icon: 'stop', label: 'Canceled' },
  TIMED_OUT: { tone: 'amber', icon: 'hourglass', label: 'Timed out' },
};

type Open = { name: 'details' | 'promote'; deployment: Deployment };

export function DeploymentsPage() {
  const environment = useEnvironment();
  const pages = usePages();
  const list = useLoaded(
    (signal) => fetchDeployments(environment.id, pages.cursor, signal),
    `${environment.id} ${pages.cursor ?? ''}`,
  );
  const live = useLive(environment.id, list.reload, 5000);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const current = list.data?.data.find((one) => one.id === list.data?.currentId);

  return (
    <>
      <PageHead title="Deployments">
        <LiveIndicator {...live} />
      </PageHead>
      <PageBody>
        <Listing of={list} label="deployments" isEmpty={({ data }) => data.length === 0} empty={<FirstDeployment />}>
          {(data) => (
            <DeploymentTable list={data} footer={<Pager pages={pages} next={data.next} />} onOpen={setOpen} />
          )}
        </Listing>
      </PageBody>
      {open?.name === 'details' && <DeploymentDialog deployment={open.deployment} onClose={close} />}
      {open?.name === 'promote' && (
        <PromoteDialog deployment={open.deployment} current={current} onClose={close} onDone={list.reload} />
      )}
    </>
  );
}

interface TableProps {
  list: DeploymentList;
  footer: React.ReactNode;
  onOpen(open: Open): void;
}

function DeploymentTable({ list, footer, onOpen }: TableProps) {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  const current = list.data.find((one) => one.id === list.currentId);
  const columns: DataColumn<Deployment>[] = [
    {
      id: 'version',
      header: 'Version',
      isMain: true,
      cell: (one) => (
        <span className={styles.version}>
          <Link to={`/envs/${environment.slug}/runs?version=${encodeURIComponent(one.version)}`}>{one.version}</Link>
          {one.id === list.currentId && <Badge tone="violet" icon="tick" label="Current" />}
        </span>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      cell: ({ status }) => {
        const look = LOOKS[status] ?? { tone: 'grey', icon: 'clock', label: status };
        return <Badge tone={look.tone} icon={look.icon} isSpinning={look.icon === 'spinner'} label={look.label} />;
      },
    },
    {
      id: 'runtime',
      header: 'Runtime',
      from: 'wide',
      cell: ({ runtime, runtimeVersion }) => [runtime, runtimeVersion].filter(Boolean).join(' ') || '–',
    },
    { id: 'code', header: 'Code', from: 'wide', cell: ({ shortCode }) => <code>{shortCode}</code> },
    {
      id: 'deployed',
      header: 'Deployed',
      align: 'end',
      from: 'medium',
      cell: ({ deployedAt }) => (deployedAt === undefined ? '–' : <RelativeTime at={deployedAt} />),
    },
    {
      id: 'created',
      header: 'Begun',
      align: 'end',
      from: 'wide',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: (one) => (
        <span className={styles.actions}>
          <Button
            look="ghost"
            icon="logs"
            aria-label="Details"
            onClick={() => onOpen({ name: 'details', deployment: one })}
          >
            <span data-from="medium">Details</span>
          </Button>
          {one.status === 'DEPLOYED' && one.id !== list.currentId && (
            <Button icon="rocket" disabled={!mayChange} onClick={() => onOpen({ name: 'promote', deployment: one })}>
              {current && compareVersions(one.version, current.version) < 0 ? 'Roll back' : 'Promote'}
            </Button>
          )}
        </span>
      ),
    },
  ];
  return <DataTable label="Deployments" columns={columns} items={list.data} keyOf={(one) => one.id} footer={footer} />;
}

interface PromoteProps {
  deployment: Deployment;
  current: Deployment | undefined;
  onClose(): void;
  onDone(): void;
}

function PromoteDialog({ deployment, current, onClose, onDone }: PromoteProps) {
  const environment = useEnvironment();
  const isBack = current !== undefined && compareVersions(deployment.version, current.version) < 0;
  const go = useAction(() => promote(environment.id, deployment.version), {
    isQuiet: true,
    done: `${deployment.version} is the current version`,
    onDone: () => {
      onDone();
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={isBack ? `Roll back to ${deployment.version}?` : `Promote ${deployment.version}?`}
      confirm={isBack ? 'Roll back' : 'Promote'}
      isDangerous={isBack}
      isBusy={go.isBusy}
      error={go.error}
      onConfirm={() => go.run()}
      onClose={onClose}
    >
      <p>
        New runs, and those that wait without a pinned version, start with {deployment.version}
        {current && ` instead of ${current.version}`}. Runs that have started keep their version.
      </p>
    </ConfirmDialog>
  );
}

function FirstDeployment() {
  const { shortName } = useEnvironment();
  return (
    <EmptyState icon="rocket" title="Nothing is deployed yet">
      <p>A deployment is one version of your tasks. Build your project, then:</p>
      <CodeBlock
        title="Shell"
        text={`runyard deploy --bundle target/bundle --url ${location.origin} --key tr_${shortName}_…`}
      />
    </EmptyState>
  );
}
