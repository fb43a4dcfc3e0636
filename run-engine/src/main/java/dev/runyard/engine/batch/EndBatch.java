package dev.runyard.engine.batch;

import dev.runyard.engine.store.Json;
import dev.runyard.engine.waitpoint.WaitForBatch;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets whoever waits for a batch go on, in the transaction that ended it: also where no item became a run.
final class EndBatch {
    private final WaitForBatch waits;
    private final Json json;

    EndBatch(WaitForBatch waits) {
        this.waits = waits;
        this.json = new Json();
    }

    /// @param batch a batch that has just ended
    void end(BatchView batch) {
        if (batch.isAwaited()) {
            waits.complete(batch.id(), error(batch));
        }
    }

    private @Nullable String error(BatchView batch) {
        if (batch.status() != BatchStatus.ABORTED) {
            return null;
        }
        String message = batch.isSealed()
                ? "None of the " + batch.expected() + " items of the batch could become a run."
                : "The batch was aborted because only " + batch.received() + " of its " + batch.expected()
                        + " items arrived in time.";
        return json.write(Map.of("message", message));
    }
}
