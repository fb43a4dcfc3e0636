import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { ApiError } from '../../lib/problem';
import { useShortcuts } from '../../lib/useShortcuts';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { Loading } from '../../ui/Loading';
import { useTitle } from '../../ui/Page';
import { type Tab, Tabs } from '../../ui/Tabs';
import { listAddress, neighbourOf } from '../runs/neighbours';
import type { RunDetail } from './api';
import { Attempts } from './Attempts';
import { Details } from './Details';
import { History } from './History';
import { LogView } from './LogView';
import { Overview } from './Overview';
import { RunHead } from './RunHead';
import styles from './RunPage.module.css';
import { type RunState, useRun } from './useRun';

export function RunPage() {
  const { runId = '' } = useParams();
  // A run's page keeps nothing when it steps to the next run.
  return <OneRun key={runId} runId={runId} />;
}

function OneRun({ runId }: { runId: string }) {
  const { id, slug } = useEnvironment();
  const [isPaused, setPaused] = useState(false);
  const state = useRun(id, runId, isPaused);
  useTitle(state.run ? `${state.run.taskId} · ${runId}` : runId);
  useStepping(slug, runId);

  if (state.run) {
    return <LoadedRun run={state.run} state={state} isPaused={isPaused} onPause={() => setPaused(!isPaused)} />;
  }
  if (state.error === undefined) {
    return <Loading label="Loading the run" />;
  }
  if (state.error instanceof ApiError && state.error.status === 404) {
    return (
      <EmptyState icon="search" title="There is no such run">
        <p>
          No run of this environment has the id <code>{runId}</code>.{' '}
          <Link to={listAddress(slug)}>Back to the runs</Link>
        </p>
      </EmptyState>
    );
  }
  return <ErrorState error={state.error} onRetry={state.reload} />;
}

interface LoadedProps {
  run: RunDetail;
  state: RunState;
  isPaused: boolean;
  onPause(): void;
}

type TabId = 'overview' | 'logs' | 'attempts' | 'history';

function LoadedRun({ run, state, isPaused, onPause }: LoadedProps) {
  const tabs: Tab<TabId>[] = [
    { id: 'overview', label: 'Overview' },
    { id: 'logs', label: 'Logs', count: state.lines.length },
    { id: 'attempts', label: 'Attempts', count: run.attempts.length },
    { id: 'history', label: 'History', count: run.transitions.length },
  ];
  const [tab, setTab] = useTab(tabs);
  useShortcuts(Object.fromEntries(tabs.map(({ id }, index) => [String(index + 1), () => setTab(id)])));

  return (
    <div className={styles.page}>
      <RunHead
        run={run}
        stream={state.stream}
        isOver={state.isOver}
        isPaused={isPaused}
        onPause={onPause}
        onChanged={state.reload}
      />
      <div className={styles.columns}>
        <div className={styles.main}>
          <Tabs label="Parts of the run" tabs={tabs} selected={tab} onSelect={setTab}>
            {tab === 'overview' && <Overview run={run} />}
            {tab === 'logs' && <LogView lines={state.lines} isLoaded={state.areLogsLoaded} isOver={state.isOver} />}
            {tab === 'attempts' && <Attempts run={run} />}
            {tab === 'history' && <History transitions={run.transitions} />}
          </Tabs>
        </div>
        <Details run={run} />
      </div>
    </div>
  );
}

function useTab(tabs: Tab<TabId>[]): [TabId, (tab: TabId) => void] {
  const [search, setSearch] = useSearchParams();
  const named = search.get('tab');
  const selected = tabs.find((tab) => tab.id === named)?.id ?? 'overview';
  const select = (tab: TabId) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (tab === 'overview') {
          after.delete('tab');
        } else {
          after.set('tab', tab);
        }
        return after;
      },
      { replace: true },
    );
  return [selected, select];
}

function useStepping(slug: string, runId: string): void {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const step = (direction: 1 | -1) => {
    const neighbour = neighbourOf(slug, runId, direction);
    if (neighbour !== undefined) {
      navigate({ pathname: `/envs/${slug}/runs/${neighbour}`, search: search.toString() }, { replace: true });
    }
  };
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    Escape: () => navigate(listAddress(slug)),
  });
}
