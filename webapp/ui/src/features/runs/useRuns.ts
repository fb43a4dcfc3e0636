import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { isAbort, urlOf } from '../../lib/http';
import type { StreamState } from '../../lib/sse';
import { useCoalesced } from '../../lib/useCoalesced';
import { useStream } from '../../lib/useStream';
import { fetchRunItem, fetchRuns, type RunEvent } from './api';
import type { RunFilters } from './filters';
import { append, applyEvent, fromPage, type LiveRuns, mergeNewest, NO_RUNS, replace } from './liveRuns';

const PAGE_SIZE = 50;
const READING = { soonMs: 120, pauseMs: 1000 };
/** Rows below the newest page are read one by one; in a burst the next scroll or reload has to do. */
const MAX_SINGLE_READS = 10;

export interface RunsView {
  runs: LiveRuns;
  isLoaded: boolean;
  isLoadingMore: boolean;
  error: unknown;
  stream: StreamState;
  loadMore(): void;
  reload(): void;
  /** While held, new runs are counted instead of shown. */
  setHeld(isHeld: boolean): void;
}

export function useRuns(environmentId: string, filters: RunFilters, isPaused: boolean): RunsView {
  const [runs, setRuns] = useState<LiveRuns>(NO_RUNS);
  const [isLoaded, setLoaded] = useState(false);
  const [isLoadingMore, setLoadingMore] = useState(false);
  const [error, setError] = useState<unknown>();
  const isHeld = useRef(false);
  const latest = useRef(runs);
  const dirty = useRef(new Set<string>());

  const change = useCallback((step: (runs: LiveRuns) => LiveRuns) => {
    latest.current = step(latest.current);
    setRuns(latest.current);
  }, []);

  const query = useMemo(
    () => ({ size: PAGE_SIZE, status: filters.statuses.join(','), task: filters.task, ...filters.more }),
    [filters],
  );
  /** Answers to a question that is no longer asked are thrown away. */
  const generation = useRef(0);

  const reload = useCallback(() => {
    const asked = ++generation.current;
    setError(undefined);
    fetchRuns(environmentId, query).then(
      (page) => {
        if (asked === generation.current) {
          change(() => fromPage(page));
          setLoaded(true);
        }
      },
      (failure: unknown) => asked === generation.current && !isAbort(failure) && setError(failure),
    );
  }, [environmentId, query, change]);

  useEffect(() => {
    // Rows stay until those of the new filters are there; without rows, nothing must be said too early.
    setLoaded(latest.current.items.length > 0);
    reload();
  }, [reload]);

  const refresh = useCallback(async () => {
    const asked = generation.current;
    const page = await fetchRuns(environmentId, query).catch(() => undefined);
    if (page === undefined || asked !== generation.current) {
      return;
    }
    const covered = new Set(page.data.map((item) => item.id));
    const rest = [...dirty.current].filter((id) => !covered.has(id));
    dirty.current.clear();
    change((before) => mergeNewest(before, page, isHeld.current));
    const shown = new Set(latest.current.items.map((item) => item.id));
    for (const id of rest.filter((one) => shown.has(one)).slice(0, MAX_SINGLE_READS)) {
      fetchRunItem(environmentId, id).then(
        (read) => asked === generation.current && change((before) => replace(before, read, filters)),
        () => undefined,
      );
    }
  }, [environmentId, query, filters, change]);

  const refreshSoon = useCoalesced(refresh, READING);
  const stream = useStream(urlOf(`/environments/${encodeURIComponent(environmentId)}/events`), {
    names: ['run'],
    paused: isPaused,
    onEvent: (_, data) => {
      const event = data as RunEvent;
      const { runs: after, need } = applyEvent(latest.current, event, filters);
      change(() => after);
      if (need !== 'nothing') {
        dirty.current.add(event.id);
        refreshSoon();
      }
    },
    onReconnect: refreshSoon,
  });
  useEffect(() => {
    if (!isPaused) {
      refreshSoon();
    }
  }, [isPaused, refreshSoon]);

  const loadMore = useCallback(() => {
    const cursor = latest.current.next;
    if (cursor === undefined || isLoadingMore) {
      return;
    }
    const asked = generation.current;
    setLoadingMore(true);
    fetchRuns(environmentId, { ...query, cursor })
      .then(
        (page) => {
          if (asked === generation.current && cursor === latest.current.next) {
            change((before) => append(before, page));
          }
        },
        () => undefined,
      )
      .finally(() => setLoadingMore(false));
  }, [environmentId, query, isLoadingMore, change]);

  const setHeld = useCallback((held: boolean) => {
    isHeld.current = held;
  }, []);

  return { runs, isLoaded, isLoadingMore, error, stream, loadMore, reload, setHeld };
}
