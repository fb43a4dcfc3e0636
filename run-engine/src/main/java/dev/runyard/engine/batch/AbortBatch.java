package dev.runyard.engine.batch;

import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerHandler;
import dev.runyard.protocol.id.BatchId;
import java.time.InstantSource;

/// Aborts a batch whose items stayed away. Runs that it has go on; it no longer waits for them.
final class AbortBatch implements TimerHandler {
    private final BatchRepository batches;
    private final InstantSource clock;

    AbortBatch(BatchRepository batches, InstantSource clock) {
        this.batches = batches;
        this.clock = clock;
    }

    @Override
    public boolean fire(Timer timer) {
        return batches.abort(new BatchId(timer.subject()), clock.instant()).isPresent();
    }
}
