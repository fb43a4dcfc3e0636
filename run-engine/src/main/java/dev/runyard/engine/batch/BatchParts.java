package dev.runyard.engine.batch;

import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.engine.trigger.TriggerItems;
import dev.runyard.engine.waitpoint.WaitForBatch;
import java.time.InstantSource;

/// Wires this package and hooks it into timers and the ends of runs.
public final class BatchParts {
    private final Batches facade;
    private final BatchKeyRepository keys;
    private final CountFinishedItems count;
    private final InstantSource clock;

    /// Where batches are kept.
    public record Stores(
            BatchRepository batches,
            BatchItemRepository items,
            BatchKeyRepository keys,
            FailedRunRepository failedRuns,
            BatchQueries queries) {}

    /// What batches need of the engine.
    public record Collaborators(
            Stores stores,
            Environments environments,
            TriggerItems triggers,
            RunStateRepository states,
            RunLifecycle lifecycle,
            WaitForBatch waits,
            TimerWheel timers,
            RunChanges changes,
            EngineMetrics metrics,
            Transactions transactions,
            SyncPoints syncPoints,
            InstantSource clock) {}

    public BatchParts(Collaborators with, BatchConfig config) {
        clock = with.clock();
        keys = with.stores().keys();
        BatchRepository batches = with.stores().batches();
        BatchItemRepository items = with.stores().items();
        EndBatch end = new EndBatch(with.waits());
        CarryItems carry = new CarryItems(with.waits(), with.states());
        AwaitBatch await = new AwaitBatch(batches, items, with.states(), with.waits(), carry, end);
        CreateBatch create = new CreateBatch(
                batches, keys, await, with.timers(), with.transactions(), with.syncPoints(), config, clock);
        StoreChunk store = new StoreChunk(
                new StoreChunk.Repositories(batches, items, with.states()),
                with.triggers(),
                new FailInAdvance(
                        with.stores().failedRuns(), with.transactions(), with.changes(), with.metrics(), clock),
                carry,
                end,
                with.transactions(),
                with.syncPoints(),
                clock);
        AddItems add = new AddItems(
                batches,
                items,
                new DraftItems(with.environments(), with.triggers(), config, clock),
                store,
                new ChunkTurns(config.chunksAtOnce()),
                config);
        with.timers()
                .handle(
                        new AbortBatch(batches, end, with.transactions(), with.syncPoints(), clock),
                        Timer.Kind.BATCH_SEAL);
        count = new CountFinishedItems(batches, end, with.transactions(), clock);
        with.lifecycle().onFinish(new CountFinishedItem(batches, count, with.transactions(), with.syncPoints()));
        facade = new Batches(create, add, with.stores().queries());
    }

    /// Returns the facade for callers of the engine.
    public Batches facade() {
        return facade;
    }

    /// Counts ends of items that a crash kept from being counted.
    public void countFinishedItems() {
        count.sweep();
    }

    /// Removes keys that lead nowhere any more.
    public void removeExpiredKeys() {
        keys.removeExpired(clock.instant());
    }
}
