import { useCallback, useEffect, useRef, useState } from 'react';
import { type FoundLine, searchLogs } from './api';
import { type LogFilters, mergeNewest, queryOf } from './query';

const LIVE_MS = 3000;

export interface LogResults {
  lines: FoundLine[];
  isLoaded: boolean;
  isLoadingMore: boolean;
  hasMore: boolean;
  searchedTo: string | undefined;
  error: unknown;
  /** Whether the last reading of what is new succeeded. */
  isStale: boolean;
  loadMore(): void;
  reload(): void;
}

interface State {
  lines: FoundLine[];
  next: string | undefined;
  searchedTo: string | undefined;
}

const NOTHING: State = { lines: [], next: undefined, searchedTo: undefined };

export function useLogSearch(environmentId: string, filters: LogFilters, isLive: boolean): LogResults {
  const [state, setState] = useState<State>(NOTHING);
  const [isLoaded, setLoaded] = useState(false);
  const [isLoadingMore, setLoadingMore] = useState(false);
  const [isStale, setStale] = useState(false);
  const [error, setError] = useState<unknown>();
  /** Answers to a question that is no longer asked are thrown away. */
  const generation = useRef(0);

  const reload = useCallback(() => {
    const asked = ++generation.current;
    setError(undefined);
    searchLogs(environmentId, queryOf(filters, Date.now())).then(
      (page) => {
        if (asked === generation.current) {
          setState({ lines: page.data, next: page.next, searchedTo: page.searchedTo });
          setLoaded(true);
          setStale(false);
        }
      },
      (failure: unknown) => asked === generation.current && setError(failure),
    );
  }, [environmentId, filters]);

  useEffect(() => {
    setLoaded(false);
    reload();
  }, [reload]);

  useEffect(() => {
    if (!isLive || !isLoaded) {
      return undefined;
    }
    let isWaiting = false;
    const timer = setInterval(() => {
      if (isWaiting || document.hidden) {
        return;
      }
      isWaiting = true;
      const asked = generation.current;
      searchLogs(environmentId, queryOf(filters, Date.now()))
        .then(
          (page) => {
            if (asked === generation.current) {
              setStale(false);
              setState((before) => merged(before, { lines: page.data, next: page.next, searchedTo: page.searchedTo }));
            }
          },
          () => asked === generation.current && setStale(true),
        )
        .finally(() => (isWaiting = false));
    }, LIVE_MS);
    return () => clearInterval(timer);
  }, [environmentId, filters, isLive, isLoaded]);

  const { next } = state;
  const loadMore = useCallback(() => {
    if (next === undefined || isLoadingMore) {
      return;
    }
    const asked = generation.current;
    setLoadingMore(true);
    searchLogs(environmentId, { ...queryOf(filters, Date.now()), cursor: next })
      .then(
        (page) => {
          if (asked === generation.current) {
            setState((before) =>
              before.next === next
                ? { lines: [...before.lines, ...page.data], next: page.next, searchedTo: page.searchedTo }
                : before,
            );
          }
        },
        (failure: unknown) => asked === generation.current && setError(failure),
      )
      .finally(() => setLoadingMore(false));
  }, [environmentId, filters, next, isLoadingMore]);

  return {
    lines: state.lines,
    isLoaded,
    isLoadingMore,
    hasMore: next !== undefined,
    searchedTo: state.searchedTo,
    error,
    isStale,
    loadMore,
    reload,
  };
}

function merged(before: State, newest: State): State {
  const lines = mergeNewest(before.lines, newest.lines);
  if (lines === before.lines) {
    return before;
  }
  return lines === newest.lines ? newest : { ...before, lines };
}
