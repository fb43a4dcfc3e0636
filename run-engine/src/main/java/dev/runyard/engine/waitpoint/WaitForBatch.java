package dev.runyard.engine.waitpoint;

import dev.runyard.engine.run.RunState;
import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Waits for batches. The run waits for the batch's waitpoint alone; its items are carried: they bring
/// outputs and their order, and thousands of them never touch the row of the run that waits (answers A13).
public final class WaitForBatch {
    private final WaitpointRepository waitpoints;
    private final EdgeRepository edges;
    private final BlockRun block;
    private final AwaitRun awaitRun;
    private final SettleWaitpoint settle;
    private final Transactions transactions;
    private final InstantSource clock;

    WaitForBatch(
            WaitpointRepository waitpoints,
            EdgeRepository edges,
            BlockRun block,
            AwaitRun awaitRun,
            SettleWaitpoint settle,
            Transactions transactions,
            InstantSource clock) {
        this.waitpoints = waitpoints;
        this.edges = edges;
        this.block = block;
        this.awaitRun = awaitRun;
        this.settle = settle;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Makes the batch's waitpoint and lets a run wait for it. Call it in the transaction that makes the
    /// batch, and roll that back where the run cannot wait: the waitpoint would stay.
    public BlockOutcome block(EnvironmentId environment, BatchId batch, WaitingParent parent) {
        return transactions.execute(() -> {
            waitpoints.writeFor(WaitpointKind.BATCH, environment, List.of(batch.value()), clock.instant(), null, false);
            return block.block(parent.request(environment, new WaitpointId(batch.value())));
        });
    }

    /// An item of a batch that somebody waits for.
    ///
    /// @param run its run
    /// @param index its place
    public record Item(RunId run, int index) {}

    /// Adds items whose runs are made in this very transaction, with `awaited` set. Nothing happens where
    /// nobody waits for the batch.
    public void carryNew(EnvironmentId environment, BatchId batch, List<Item> items) {
        transactions.execute(() -> {
            waitpoints.writeFor(
                    WaitpointKind.RUN,
                    environment,
                    items.stream().map(item -> item.run().value()).distinct().toList(),
                    clock.instant(),
                    null,
                    false);
            carry(batch, items);
            return true;
        });
    }

    /// Adds an item whose run was there before, such as one that a key led to.
    public void carryExisting(EnvironmentId environment, BatchId batch, Item item) {
        transactions.execute(() -> {
            awaitRun.await(environment, item.run());
            carry(batch, List.of(item));
            return true;
        });
    }

    /// Adds many items whose runs were there before, such as those that keys led to.
    ///
    /// @param held the runs, whose rows the caller holds
    public void carryHeld(EnvironmentId environment, BatchId batch, Collection<RunState> held, List<Item> items) {
        transactions.execute(() -> {
            held.stream()
                    .collect(Collectors.groupingBy(WaitForBatch::endOf))
                    .forEach((end, runs) -> writeFor(environment, end, runs));
            carry(batch, items);
            return true;
        });
    }

    /// How a run ended; neither where it did not.
    private enum End {
        NONE,
        SUCCESS,
        FAILURE
    }

    private static End endOf(RunState run) {
        if (!run.isFinished()) {
            return End.NONE;
        }
        return FinishAwaitedRun.outputOf(run).isError() ? End.FAILURE : End.SUCCESS;
    }

    private void writeFor(EnvironmentId environment, End end, List<RunState> runs) {
        Instant now = clock.instant();
        waitpoints.writeFor(
                WaitpointKind.RUN,
                environment,
                runs.stream().map(run -> run.runId().value()).toList(),
                now,
                end == End.NONE ? null : now,
                end == End.FAILURE);
    }

    private void carry(BatchId batch, List<Item> items) {
        edges.carry(
                batch.value(),
                items.stream().map(item -> item.run().value()).toList(),
                items.stream().map(Item::index).toList());
    }

    /// Completes the batch's waitpoint; nothing happens where nobody waits for the batch, or it is completed.
    ///
    /// @param error JSON object with `message` where the batch failed as a whole
    /// @return whether this call completed it
    public boolean complete(BatchId batch, @Nullable String error) {
        return settle.settle(batch.value(), error == null ? WaitpointOutput.NONE : WaitpointOutput.error(error));
    }
}
