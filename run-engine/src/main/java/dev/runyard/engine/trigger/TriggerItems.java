package dev.runyard.engine.trigger;

import dev.runyard.engine.debounce.DebounceWindow;
import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.RunId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Accepts the items of a batch: many runs in one statement of the caller's transaction.
///
/// Items do not pass through the batcher of single triggers, so no single trigger waits behind a batch.
public final class TriggerItems {
    private final PrepareTrigger prepare;
    private final ItemRepository items;
    private final ResolveDuplicate duplicates;
    private final TriggerDebounced debounced;
    private final TriggerRun.AfterTrigger after;
    private final Transactions transactions;
    private final InstantSource clock;

    public TriggerItems(
            PrepareTrigger prepare,
            ItemRepository items,
            ResolveDuplicate duplicates,
            TriggerDebounced debounced,
            TriggerRun.AfterTrigger after,
            Transactions transactions,
            InstantSource clock) {
        this.prepare = prepare;
        this.items = items;
        this.duplicates = duplicates;
        this.debounced = debounced;
        this.after = after;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Either an item that can be written, or the sentence that says why there is none.
    public sealed interface Outcome {
        record Ready(PreparedItem item) implements Outcome {}

        /// @param isQueueFull whether the queue's size is why
        record Refused(String sentence, boolean isQueueFull) implements Outcome {}
    }

    /// Decides everything that needs no transaction; it asks the directories and so must not be in one.
    public Outcome prepare(int index, TriggerCommand command) {
        return switch (prepare.prepare(command)) {
            case PrepareTrigger.Prepared.Refused refused ->
                new Outcome.Refused(refused.sentence(), refused.isQueueFull());
            case PrepareTrigger.Prepared.Ready ready ->
                new Outcome.Ready(new PreparedItem(index, ready.row(), ready.window()));
        };
    }

    /// What an item became.
    ///
    /// @param index place in the batch
    /// @param runId its run
    /// @param isCached whether its key led to the run of an earlier call
    public record Triggered(int index, RunId runId, boolean isCached) {}

    /// Writes items in the transaction under way; the queue hears of them after its commit.
    public List<Triggered> write(BatchId batch, List<PreparedItem> prepared) {
        if (prepared.isEmpty()) {
            return List.of();
        }
        List<PreparedItem> plain =
                prepared.stream().filter(item -> item.window() == null).toList();
        Map<UUID, Long> written = plain.isEmpty() ? Map.of() : items.write(batch.value(), plain);
        List<PreparedItem> others = plain.stream()
                .filter(item -> !written.containsKey(item.row().id()))
                .toList();
        Map<UUID, RunId> holders = others.isEmpty() ? Map.of() : items.findHolders(others, clock.instant());
        List<Triggered> triggered = new ArrayList<>();
        List<TriggerRun.AfterTrigger.Committed> fresh = new ArrayList<>();
        for (PreparedItem item : prepared) {
            Long outboxId = written.get(item.row().id());
            RunId holder = holders.get(item.row().id());
            if (outboxId != null) {
                fresh.add(new TriggerRun.AfterTrigger.Committed(item.row(), outboxId));
                triggered.add(new Triggered(item.index(), item.runId(), false));
            } else if (holder != null) {
                triggered.add(new Triggered(item.index(), holder, true));
            } else {
                triggered.add(resolve(batch, item));
            }
        }
        transactions.afterCommit(() -> after.committed(fresh));
        return triggered;
    }

    /// An item whose key leads to a run that no longer holds it, or that may join the run of its debounce key.
    private Triggered resolve(BatchId batch, PreparedItem item) {
        DebounceWindow window = item.window();
        return switch (window == null ? duplicates.resolve(item.row()) : debounced.trigger(item.row(), window)) {
            case ResolveDuplicate.Resolution.Existing existing ->
                new Triggered(item.index(), existing.outcome().runId(), true);
            case ResolveDuplicate.Resolution.Written written -> {
                RunId run = written.row().runId();
                items.adopt(batch.value(), item.index(), run);
                transactions.afterCommit(() -> after.committed(written.row(), written.outboxId()));
                yield new Triggered(item.index(), run, false);
            }
        };
    }
}
