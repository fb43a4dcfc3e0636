package dev.runyard.engine.trigger;

import dev.runyard.engine.debounce.DebounceWindow;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.waitpoint.AwaitRun;
import dev.runyard.engine.waitpoint.BlockOutcome;
import dev.runyard.engine.waitpoint.BlockRun;
import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Triggers a run that another one waits for: the run, its waitpoint and the wait are one transaction, or nothing.
public final class TriggerForParent {
    private final TriggerRepository repository;
    private final ResolveDuplicate duplicates;
    private final TriggerDebounced debounced;
    private final AwaitRun awaitRun;
    private final BlockRun block;
    private final TriggerRun.AfterTrigger after;
    private final Transactions transactions;
    private final SyncPoints syncPoints;

    /// What it does with the parent.
    public record Waiting(AwaitRun awaitRun, BlockRun block, Transactions transactions) {}

    public TriggerForParent(
            TriggerRepository repository,
            ResolveDuplicate duplicates,
            TriggerDebounced debounced,
            Waiting waiting,
            TriggerRun.AfterTrigger after,
            SyncPoints syncPoints) {
        this.repository = repository;
        this.duplicates = duplicates;
        this.debounced = debounced;
        this.awaitRun = waiting.awaitRun();
        this.block = waiting.block();
        this.transactions = waiting.transactions();
        this.after = after;
        this.syncPoints = syncPoints;
    }

    /// Undoes what was written for a parent that cannot wait.
    private static final class ParentCannotWaitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ParentCannotWaitException(String sentence) {
            super(sentence);
        }
    }

    /// @param window lets the run join the one that collects its debounce key; absent where it has none
    TriggerOutcome trigger(TriggerRow row, @Nullable DebounceWindow window, WaitingParent parent) {
        try {
            return transactions.execute(() -> {
                TriggerOutcome.Accepted accepted = write(row, window);
                syncPoints.reach(SyncPoint.CHILD_WRITTEN);
                await(new EnvironmentId(row.environmentId()), accepted.runId(), parent);
                return accepted;
            });
        } catch (ParentCannotWaitException e) {
            return new TriggerOutcome.Rejected(String.valueOf(e.getMessage()));
        }
    }

    private TriggerOutcome.Accepted write(TriggerRow row, @Nullable DebounceWindow window) {
        if (window != null) {
            return settle(debounced.trigger(row, window));
        }
        Long outboxId = repository.write(List.of(row)).get(row.id());
        if (outboxId != null) {
            return written(row, outboxId);
        }
        return settle(duplicates.resolve(row));
    }

    private TriggerOutcome.Accepted settle(ResolveDuplicate.Resolution resolution) {
        return switch (resolution) {
            case ResolveDuplicate.Resolution.Existing existing -> existing.outcome();
            case ResolveDuplicate.Resolution.Written fresh -> written(fresh.row(), fresh.outboxId());
        };
    }

    private TriggerOutcome.Accepted written(TriggerRow row, long outboxId) {
        transactions.afterCommit(() -> after.committed(row, outboxId));
        return new TriggerOutcome.Accepted(row.runId(), false);
    }

    private void await(EnvironmentId environment, RunId child, WaitingParent parent) {
        WaitpointId waitpoint = awaitRun.await(environment, child)
                .orElseThrow(() -> new IllegalStateException("run " + child + " is gone within its transaction"));
        switch (block.block(parent.request(environment, waitpoint))) {
            case BlockOutcome.Waiting _, BlockOutcome.GoesOn _ -> {}
            case BlockOutcome.Rejected rejected -> throw new ParentCannotWaitException(rejected.sentence());
            case BlockOutcome.UnknownRun _ ->
                throw new ParentCannotWaitException("Parent run " + parent.run() + " not found in this environment.");
            case BlockOutcome.UnknownWaitpoints(var ids) ->
                throw new IllegalStateException("waitpoints " + ids + " are gone within their transaction");
        }
    }
}
