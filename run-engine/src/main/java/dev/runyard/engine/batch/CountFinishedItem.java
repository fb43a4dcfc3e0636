package dev.runyard.engine.batch;

import dev.runyard.engine.lifecycle.FinishListener;
import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.BatchId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Notes the end of a run for its batches, in the transaction that ends the run: once, whatever crashes. They are
/// counted after the commit.
final class CountFinishedItem implements FinishListener {
    private static final Logger LOG = LoggerFactory.getLogger(CountFinishedItem.class);

    private final BatchRepository batches;
    private final CountFinishedItems count;
    private final Transactions transactions;
    private final SyncPoints syncPoints;

    CountFinishedItem(
            BatchRepository batches, CountFinishedItems count, Transactions transactions, SyncPoints syncPoints) {
        this.batches = batches;
        this.count = count;
        this.transactions = transactions;
        this.syncPoints = syncPoints;
    }

    @Override
    public void onFinish(RunChange change, RunState after) {
        List<BatchId> noted = batches.noteFinish(after.runId());
        syncPoints.reach(SyncPoint.BATCH_ITEM_FINISHED);
        if (!noted.isEmpty()) {
            transactions.afterCommit(() -> noted.forEach(this::count));
        }
    }

    /// The run has ended, whatever becomes of the count: what is left of it is done by the next sweep.
    private void count(BatchId batch) {
        syncPoints.reach(SyncPoint.BATCH_END_NOTED);
        try {
            count.count(batch);
        } catch (DataAccessException e) {
            LOG.warn("The ends of items of {} are counted later: {}", batch, e.getMessage());
        }
    }
}
