import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useEnvironment, useMayChange } from '../../app/environment';
import { plural } from '../../lib/format';
import { useShortcuts } from '../../lib/useShortcuts';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { LiveIndicator } from '../../ui/LiveIndicator';
import { Loading } from '../../ui/Loading';
import { PageHead } from '../../ui/Page';
import type { BulkKind, BulkTarget } from '../bulk/api';
import { BulkDialog } from '../bulk/BulkDialog';
import { BulkMenu, SelectionBar } from './BulkTools';
import { FilterBar } from './FilterBar';
import { asBulkFilter, hasFilters, NO_FILTERS, parseFilters, type RunFilters, writeFilters } from './filters';
import { FirstRun } from './FirstRun';
import { rememberList } from './neighbours';
import styles from './RunsPage.module.css';
import { RunsTable } from './RunsTable';
import { type RunsView, useRuns } from './useRuns';

/** Further down than this, rows must not move by themselves. */
const HELD_BELOW_PX = 60;

export function RunsPage() {
  const environment = useEnvironment();
  const mayChange = useMayChange();
  const [filters, setFilters] = useFilters();
  const [selected, setSelected] = useState<ReadonlySet<string>>(NONE);
  const [bulk, setBulk] = useState<Bulk>();
  const [isPaused, setPaused] = useState(false);
  const view = useRuns(environment.id, filters, isPaused);
  const scroller = useRef<HTMLDivElement>(null);
  const taskInput = useRef<HTMLInputElement>(null);

  useHeldWhileScrolled(scroller, view);
  useEffect(
    () => rememberList(environment.slug, filters, view.runs.items),
    [environment.slug, filters, view.runs.items],
  );
  useShortcuts({
    '/': () => taskInput.current?.focus(),
    p: () => setPaused((paused) => !paused),
  });
  const tasks = useMemo(() => [...new Set(view.runs.items.map((item) => item.taskId))].sort(), [view.runs.items]);
  const showNewer = () => {
    scroller.current?.scrollTo({ top: 0 });
    view.reload();
  };

  return (
    <>
      <PageHead title="Runs">
        {mayChange && (
          <BulkMenu
            filters={filters}
            onStart={(kind) => setBulk({ kind, target: { filter: asBulkFilter(filters) }, about: 'all runs that match' })}
          />
        )}
        <LiveIndicator state={view.stream} isPaused={isPaused} onToggle={() => setPaused(!isPaused)} />
      </PageHead>
      <FilterBar filters={filters} tasks={tasks} taskInput={taskInput} onChange={setFilters} />
      <div className={styles.content}>
        {view.runs.newer > 0 && (
          <Button look="primary" className={styles.newer} onClick={showNewer}>
            Show {plural(view.runs.newer, 'new run')}
          </Button>
        )}
        <RunsContent view={view} filters={filters} onClear={() => setFilters(NO_FILTERS)}>
          <RunsTable
            view={view}
            scroller={scroller}
            {...(mayChange ? { selection: { selected, onChange: setSelected } } : {})}
          />
        </RunsContent>
        {selected.size > 0 && (
          <SelectionBar
            count={selected.size}
            onStart={(kind) =>
              setBulk({ kind, target: { runIds: [...selected] }, about: plural(selected.size, 'selected run') })
            }
            onClear={() => setSelected(NONE)}
          />
        )}
      </div>
      {bulk && <BulkDialog {...bulk} onClose={() => setBulk(undefined)} />}
    </>
  );
}

const NONE: ReadonlySet<string> = new Set();

type Bulk = { kind: BulkKind; target: BulkTarget; about: string };

interface ContentProps {
  view: RunsView;
  filters: RunFilters;
  onClear(): void;
  children: React.ReactNode;
}

function RunsContent({ view, filters, onClear, children }: ContentProps) {
  if (view.error !== undefined) {
    return <ErrorState error={view.error} onRetry={view.reload} />;
  }
  if (!view.isLoaded) {
    return <Loading label="Loading runs" />;
  }
  if (view.runs.items.length > 0) {
    return children;
  }
  return hasFilters(filters) ? (
    <EmptyState icon="filter" title="No run matches the filters">
      <div>
        <Button onClick={onClear}>Clear filters</Button>
      </div>
    </EmptyState>
  ) : (
    <FirstRun />
  );
}

function useFilters(): [RunFilters, (filters: RunFilters) => void] {
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const filters = useMemo(() => parseFilters(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (changed: RunFilters) => setSearch((before) => writeFilters(before, changed), { replace: true }),
    [setSearch],
  );
  return [filters, change];
}

function useHeldWhileScrolled(scroller: React.RefObject<HTMLDivElement | null>, view: RunsView): void {
  const { setHeld, isLoaded } = view;
  const isEmpty = view.runs.items.length === 0;
  useEffect(() => {
    const element = scroller.current;
    const onScroll = () => setHeld((element?.scrollTop ?? 0) > HELD_BELOW_PX);
    onScroll();
    element?.addEventListener('scroll', onScroll, { passive: true });
    return () => element?.removeEventListener('scroll', onScroll);
  }, [scroller, setHeld, isLoaded, isEmpty]);
}
