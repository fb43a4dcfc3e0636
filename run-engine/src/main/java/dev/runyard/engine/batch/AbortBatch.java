package dev.runyard.engine.batch;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerHandler;
import dev.runyard.protocol.id.BatchId;
import java.time.InstantSource;
import java.util.Optional;

/// Aborts a batch whose items stayed away. Runs that it has go on; it no longer waits for them.
final class AbortBatch implements TimerHandler {
    private final BatchRepository batches;
    private final EndBatch end;
    private final Transactions transactions;
    private final SyncPoints syncPoints;
    private final InstantSource clock;

    AbortBatch(
            BatchRepository batches,
            EndBatch end,
            Transactions transactions,
            SyncPoints syncPoints,
            InstantSource clock) {
        this.batches = batches;
        this.end = end;
        this.transactions = transactions;
        this.syncPoints = syncPoints;
        this.clock = clock;
    }

    @Override
    public boolean fire(Timer timer) {
        return transactions.execute(() -> {
            Optional<BatchView> aborted = batches.abort(new BatchId(timer.subject()), clock.instant());
            aborted.ifPresent(batch -> {
                syncPoints.reach(SyncPoint.BATCH_ABORTED);
                end.end(batch);
            });
            return aborted.isPresent();
        });
    }
}
