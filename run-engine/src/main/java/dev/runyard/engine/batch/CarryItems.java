package dev.runyard.engine.batch;

import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.waitpoint.WaitForBatch;
import java.util.List;

/// Adds items to what a run waits for. They bring their outputs in the order of the batch; the run waits
/// for the batch.
final class CarryItems {
    private final WaitForBatch waits;
    private final RunStateRepository states;

    CarryItems(WaitForBatch waits, RunStateRepository states) {
        this.waits = waits;
        this.states = states;
    }

    /// Adds items in the transaction under way.
    ///
    /// @param fresh items whose runs that transaction made
    /// @param existing items whose runs were there before or have ended; the rows of the former are
    ///     held
    void carry(BatchView batch, List<WaitForBatch.Item> fresh, List<WaitForBatch.Item> existing) {
        if (!fresh.isEmpty()) {
            waits.carryNew(batch.environmentId(), batch.id(), fresh);
        }
        if (!existing.isEmpty()) {
            waits.carryHeld(
                    batch.environmentId(),
                    batch.id(),
                    states.lockAll(existing.stream()
                            .map(WaitForBatch.Item::run)
                            .distinct()
                            .toList()),
                    existing);
        }
    }
}
