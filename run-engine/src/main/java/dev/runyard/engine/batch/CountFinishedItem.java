package dev.runyard.engine.batch;

import dev.runyard.engine.lifecycle.FinishListener;
import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.run.RunState;
import java.util.List;

/// Counts the end of a run in its batches, in the transaction that ends the run: once, whatever crashes.
final class CountFinishedItem implements FinishListener {
    private final BatchRepository batches;
    private final EndBatch end;
    private final SyncPoints syncPoints;

    CountFinishedItem(BatchRepository batches, EndBatch end, SyncPoints syncPoints) {
        this.batches = batches;
        this.end = end;
        this.syncPoints = syncPoints;
    }

    @Override
    public void onFinish(RunChange change, RunState after) {
        List<BatchView> ended = batches.finishItem(after.runId(), after.updatedAt());
        syncPoints.reach(SyncPoint.BATCH_ITEM_FINISHED);
        ended.forEach(end::end);
    }
}
