import { useMemo, useState } from 'react';
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
import { SpanInspector } from './SpanInspector';
import { buildTrace, findNode, type TraceNode } from './trace';
import { TraceView } from './TraceView';
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

type TabId = 'overview' | 'trace' | 'logs' | 'attempts' | 'history';

function LoadedRun({ run, state, isPaused, onPause }: LoadedProps) {
  const tabs: Tab<TabId>[] = [
    { id: 'overview', label: 'Overview' },
    { id: 'trace', label: 'Trace', count: state.spans.size },
    { id: 'logs', label: 'Logs', count: state.lines.length },
    { id: 'attempts', label: 'Attempts', count: run.attempts.length },
    { id: 'history', label: 'History', count: run.transitions.length },
  ];
  const [tab, setTab] = useTab(tabs);
  const [selectedId, select] = useSelection();
  const { spans, lines, areSpansLoaded } = state;
  const isTracing = tab === 'trace' && areSpansLoaded;
  const trace = useMemo(
    () => (isTracing ? buildTrace(run, spans.values(), lines) : undefined),
    [isTracing, run, spans, lines],
  );
  const selected = trace && selectedId !== undefined ? findNode(trace, selectedId) : undefined;
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
            {tab === 'trace' && (
              <TraceView
                root={trace}
                isOver={state.isOver}
                selected={selected?.id}
                onSelect={select}
              />
            )}
            {tab === 'logs' && <LogView lines={state.lines} isLoaded={state.areLogsLoaded} isOver={state.isOver} />}
            {tab === 'attempts' && <Attempts run={run} />}
            {tab === 'history' && <History transitions={run.transitions} />}
          </Tabs>
        </div>
        {selected ? (
          <SpanInspector node={selected} onClose={() => select(undefined)} />
        ) : (
          <Details run={run} />
        )}
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

/** The selected row of the trace stands in the address, so that a link to it is a bug report. */
function useSelection(): [string | undefined, (node: TraceNode | undefined) => void] {
  const [search, setSearch] = useSearchParams();
  const select = (node: TraceNode | undefined) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (node === undefined) {
          after.delete('span');
        } else {
          after.set('span', node.id);
        }
        return after;
      },
      { replace: true },
    );
  return [search.get('span') ?? undefined, select];
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
