package dev.runyard.engine.bulk;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.read.RunFilter;
import dev.runyard.engine.read.RunQueries;
import dev.runyard.protocol.id.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Brings bulk actions forward, a page at a time.
///
/// A page is written down before anything is done to its runs, and each result right after it was done. A server that
/// dies in between leaves planned runs behind; whoever goes on does those first. Two servers that work on one action,
/// because one of them was thought dead, do each run's part once all the same.
public final class RunBulkActions {
    private final BulkRepository repository;
    private final RunQueries queries;
    private final ApplyToRun applyToRun;
    private final BulkConfig config;
    private final SyncPoints syncPoints;
    private final InstantSource clock;
    private volatile boolean isBusy;

    RunBulkActions(
            BulkRepository repository,
            RunQueries queries,
            ApplyToRun applyToRun,
            BulkConfig config,
            SyncPoints syncPoints,
            InstantSource clock) {
        this.repository = repository;
        this.queries = queries;
        this.applyToRun = applyToRun;
        this.config = config;
        this.syncPoints = syncPoints;
        this.clock = clock;
    }

    /// Does a page of every action whose turn it is.
    public void advance() {
        boolean found = false;
        for (Optional<BulkWork> work = claim(); work.isPresent(); work = claim()) {
            found = true;
            advance(work.get());
        }
        isBusy = found;
    }

    /// Returns how long nothing is due, at most the given time.
    public Duration untilNext(Duration atMost) {
        return isBusy && config.pause().compareTo(atMost) < 0 ? config.pause() : atMost;
    }

    private Optional<BulkWork> claim() {
        Instant now = clock.instant();
        return repository.claim(now, now.plus(config.lease()));
    }

    private void advance(BulkWork work) {
        List<BulkWork.Item> items = repository.findPending(work, config.pageSize());
        if (items.isEmpty()) {
            count(work);
            List<RunId> page = nextPage(work);
            if (page.isEmpty()) {
                repository.complete(work, clock.instant());
                return;
            }
            repository.plan(work, page, clock.instant());
            syncPoints.reach(SyncPoint.BULK_PAGE_PLANNED);
            items = repository.findPending(work, config.pageSize());
        }
        if (applyAll(work, items)) {
            repository.rest(work, clock.instant().plus(config.pause()));
        }
    }

    private void count(BulkWork work) {
        RunFilter filter = work.filter();
        if (!work.isCounted() && filter != null) {
            repository.writeTotal(work.id(), queries.count(filter, work.cursor()));
        }
    }

    private List<RunId> nextPage(BulkWork work) {
        RunFilter filter = work.filter();
        return filter == null
                ? repository.named(work, config.pageSize())
                : queries.listIds(filter, new RunFilter.Page(config.pageSize(), work.cursor(), null));
    }

    /// Returns whether the action goes on.
    private boolean applyAll(BulkWork work, List<BulkWork.Item> items) {
        for (BulkWork.Item item : items) {
            BulkWork.Result result = applyToRun.apply(work, item);
            syncPoints.reach(SyncPoint.BULK_ITEM_DONE);
            boolean goesOn =
                    repository.record(work, item.run(), result, clock.instant().plus(config.lease()));
            syncPoints.reach(SyncPoint.BULK_ITEM_RECORDED);
            if (!goesOn) {
                return false;
            }
        }
        return true;
    }
}
