package dev.runyard.engine.batch;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.trigger.TriggerItems;
import dev.runyard.engine.waitpoint.WaitForBatch;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.RunId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Turns a chunk of items into runs and counts them, in one transaction.
///
/// The items' rows are written first, so of two callers that bring the same item one waits and then finds
/// it there. The batch's row is written last: runs of the batch that end meanwhile wait for a moment and
/// not for the whole chunk.
final class StoreChunk {
    private final Repositories repositories;
    private final TriggerItems triggers;
    private final FailInAdvance failInAdvance;
    private final CarryItems carry;
    private final EndBatch end;
    private final Transactions transactions;
    private final SyncPoints syncPoints;
    private final InstantSource clock;

    record Repositories(BatchRepository batches, BatchItemRepository items, RunStateRepository states) {}

    StoreChunk(
            Repositories repositories,
            TriggerItems triggers,
            FailInAdvance failInAdvance,
            CarryItems carry,
            EndBatch end,
            Transactions transactions,
            SyncPoints syncPoints,
            InstantSource clock) {
        this.repositories = repositories;
        this.triggers = triggers;
        this.failInAdvance = failInAdvance;
        this.carry = carry;
        this.end = end;
        this.transactions = transactions;
        this.syncPoints = syncPoints;
        this.clock = clock;
    }

    /// The batch was sealed or aborted meanwhile; nothing was written.
    static final class BatchClosedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// Stores the items that are not there yet.
    ///
    /// @return how many that were
    /// @throws BatchClosedException where the batch takes no more items
    int store(BatchId batch, List<ItemDraft> drafts) {
        int stored = transactions.execute(() -> write(batch, drafts));
        syncPoints.reach(SyncPoint.BATCH_ITEMS_COMMITTED);
        return stored;
    }

    private int write(BatchId batch, List<ItemDraft> drafts) {
        Set<Integer> free = repositories
                .items()
                .take(batch, drafts.stream().map(ItemDraft::row).toList());
        List<ItemDraft> fresh =
                drafts.stream().filter(draft -> free.contains(draft.index())).toList();
        if (fresh.isEmpty()) {
            return 0;
        }
        List<TriggerItems.Triggered> triggered = triggers.write(
                batch,
                fresh.stream().map(ItemDraft::prepared).filter(Objects::nonNull).toList());
        List<ItemDraft> failed =
                fresh.stream().filter(ItemDraft::failsInAdvance).toList();
        failInAdvance.write(batch, failed);
        int ended = failed.size()
                + join(
                        batch,
                        triggered.stream()
                                .filter(TriggerItems.Triggered::isCached)
                                .toList());
        syncPoints.reach(SyncPoint.BATCH_ITEMS_WRITTEN);
        int withoutRun =
                (int) fresh.stream().filter(draft -> draft.runId() == null).count();
        BatchRepository.Received received = new BatchRepository.Received(fresh.size(), withoutRun, ended);
        BatchView counted =
                repositories.batches().receive(batch, received, clock.instant()).orElseThrow(BatchClosedException::new);
        tell(counted, triggered, failed);
        return fresh.size();
    }

    /// Lets whoever waits for the batch have the items, and go on where the batch has ended.
    private void tell(BatchView batch, List<TriggerItems.Triggered> triggered, List<ItemDraft> failed) {
        if (batch.isAwaited()) {
            Map<Boolean, List<WaitForBatch.Item>> byCached = triggered.stream()
                    .collect(Collectors.partitioningBy(
                            TriggerItems.Triggered::isCached,
                            Collectors.mapping(
                                    item -> new WaitForBatch.Item(item.runId(), item.index()), Collectors.toList())));
            List<WaitForBatch.Item> existing = new ArrayList<>(byCached.getOrDefault(true, List.of()));
            failed.forEach(
                    draft -> existing.add(new WaitForBatch.Item(Objects.requireNonNull(draft.runId()), draft.index())));
            carry.carry(batch, byCached.getOrDefault(false, List.of()), existing);
        }
        if (batch.isEnded()) {
            end.end(batch);
        }
    }

    /// Lets items have runs of earlier calls. Their rows are held, so the end of each is either seen here
    /// or counted later.
    ///
    /// @return how many of the items have a run that has ended
    private int join(BatchId batch, List<TriggerItems.Triggered> cached) {
        if (cached.isEmpty()) {
            return 0;
        }
        repositories.items().lead(batch, cached);
        Set<RunId> runs = cached.stream().map(TriggerItems.Triggered::runId).collect(Collectors.toSet());
        Set<RunId> ended = repositories.states().lockAll(runs).stream()
                .filter(RunState::isFinished)
                .map(RunState::runId)
                .collect(Collectors.toSet());
        repositories
                .items()
                .markAwaited(runs.stream().filter(run -> !ended.contains(run)).toList());
        return (int)
                cached.stream().filter(item -> ended.contains(item.runId())).count();
    }
}
