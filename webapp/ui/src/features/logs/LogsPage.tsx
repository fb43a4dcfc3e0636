import { useCallback, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useEnvironment } from '../../app/environment';
import { formatAbsolute } from '../../lib/format';
import { useShortcuts } from '../../lib/useShortcuts';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { LiveIndicator } from '../../ui/LiveIndicator';
import { Loading } from '../../ui/Loading';
import { PageHead } from '../../ui/Page';
import { FoundLines } from './FoundLines';
import { LogFilterBar } from './LogFilterBar';
import styles from './LogsPage.module.css';
import { isFiltered, type LogFilters, parseFilters, writeFilters } from './query';
import { type LogResults, useLogSearch } from './useLogSearch';

/** What all runs of the environment wrote, newest first. */
export function LogsPage() {
  const environment = useEnvironment();
  const [filters, setFilters] = useFilters();
  const [isPaused, setPaused] = useState(false);
  const results = useLogSearch(environment.id, filters, !isPaused);
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({
    '/': () => input.current?.focus(),
    p: () => setPaused((paused) => !paused),
  });
  return (
    <>
      <PageHead title="Logs">
        <LiveIndicator
          state={results.isStale ? 'stale' : results.isLoaded ? 'live' : 'connecting'}
          isPaused={isPaused}
          onToggle={() => setPaused(!isPaused)}
        />
      </PageHead>
      <LogFilterBar filters={filters} input={input} onChange={setFilters} />
      <div className={styles.content}>
        <Results results={results} filters={filters} onClear={() => setFilters(parseFilters(new URLSearchParams()))} />
      </div>
    </>
  );
}

interface ResultsProps {
  results: LogResults;
  filters: LogFilters;
  onClear(): void;
}

function Results({ results, filters, onClear }: ResultsProps) {
  if (results.error !== undefined) {
    return <ErrorState error={results.error} onRetry={results.reload} />;
  }
  if (!results.isLoaded) {
    return <Loading label="Searching" />;
  }
  if (results.lines.length > 0) {
    return <FoundLines results={results} search={filters.text} />;
  }
  return isFiltered(filters) || results.searchedTo !== undefined ? (
    <EmptyState icon="filter" title="No line matches">
      {results.searchedTo && (
        <p>
          The search took too long and only looked at what was written since{' '}
          {formatAbsolute(Date.parse(results.searchedTo))}. Narrow it down by task, run or period.
        </p>
      )}
      <div>
        <Button onClick={onClear}>Clear filters</Button>
      </div>
    </EmptyState>
  ) : (
    <EmptyState icon="terminal" title="Nothing was written in this period">
      <p>
        What tasks print, and what they write with <code>context.logger()</code>, appears here.
      </p>
    </EmptyState>
  );
}

function useFilters(): [LogFilters, (filters: LogFilters) => void] {
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const filters = useMemo(() => parseFilters(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (changed: LogFilters) => setSearch(() => writeFilters(changed), { replace: true }),
    [setSearch],
  );
  return [filters, change];
}
