package dev.runyard.engine.batch;

import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.waitpoint.BlockOutcome;
import dev.runyard.engine.waitpoint.WaitForBatch;
import dev.runyard.engine.waitpoint.WaitingParent;
import java.util.List;
import org.springframework.dao.CannotAcquireLockException;

/// Lets a run wait for a batch, in the transaction that made or found the batch.
final class AwaitBatch {
    private final BatchRepository batches;
    private final BatchItemRepository items;
    private final RunStateRepository states;
    private final WaitForBatch waits;
    private final CarryItems carry;
    private final EndBatch end;

    AwaitBatch(
            BatchRepository batches,
            BatchItemRepository items,
            RunStateRepository states,
            WaitForBatch waits,
            CarryItems carry,
            EndBatch end) {
        this.batches = batches;
        this.items = items;
        this.states = states;
        this.waits = waits;
        this.carry = carry;
        this.end = end;
    }

    /// The run cannot wait; the transaction must be rolled back.
    static final class CannotWaitException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String sentence;

        CannotWaitException(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    /// Lets a run wait for a batch that has no items yet.
    ///
    /// @throws CannotWaitException where the run cannot wait
    void awaitNew(BatchView batch, WaitingParent parent) {
        String refusal = switch (waits.block(batch.environmentId(), batch.id(), parent)) {
            case BlockOutcome.Waiting _, BlockOutcome.GoesOn _ -> null;
            case BlockOutcome.Rejected rejected -> rejected.sentence();
            case BlockOutcome.UnknownRun _ -> "There is no run " + parent.run() + " in this environment.";
            case BlockOutcome.UnknownWaitpoints _ ->
                throw new IllegalStateException("the waitpoint of " + batch.id() + " was not made");
        };
        if (refusal != null) {
            throw new CannotWaitException(refusal);
        }
    }

    /// Lets a run wait for a batch of an earlier call. The runs of its items are held before the row of the
    /// batch, as their ends do.
    ///
    /// @throws CannotWaitException where the run cannot wait
    void awaitExisting(BatchView found, WaitingParent parent) {
        List<WaitForBatch.Item> known = items.findRuns(found.id());
        states.lockAll(known.stream().map(WaitForBatch.Item::run).distinct().toList());
        BatchView batch = batches.markAwaited(found.id());
        if (batch.received() - batch.failed() != known.size()) {
            throw new CannotAcquireLockException("items of " + batch.id() + " came meanwhile");
        }
        awaitNew(batch, parent);
        carry.carry(batch, List.of(), known);
        if (batch.isEnded()) {
            end.end(batch);
        }
    }
}
