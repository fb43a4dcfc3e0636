package dev.runyard.engine.batch;

import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.BatchId;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the noted ends of items in their batch, many at once, and ends the batch with the last one.
///
/// If each end locked its batch, a thousand children that end together would commit one after the other.
final class CountFinishedItems {
    private static final Logger LOG = LoggerFactory.getLogger(CountFinishedItems.class);
    private static final int SWEEP = 100;

    private final BatchRepository batches;
    private final EndBatch end;
    private final Transactions transactions;
    private final InstantSource clock;
    /// Batches that are being counted; true where more ends were noted meanwhile.
    private final Map<BatchId, Boolean> counting = new ConcurrentHashMap<>();

    CountFinishedItems(BatchRepository batches, EndBatch end, Transactions transactions, InstantSource clock) {
        this.batches = batches;
        this.end = end;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Counts what is noted, or leaves it to the thread that counts this batch now.
    ///
    /// @throws RuntimeException where the database fails; the ends stay noted
    void count(BatchId batch) {
        if (counting.putIfAbsent(batch, false) == null) {
            if (step(batch)) {
                // The caller has a run of its own to answer for, so it does not stay for those of others.
                Thread.ofVirtual().name("count-batch").start(() -> countTheRest(batch));
            }
        } else if (counting.computeIfPresent(batch, (_, _) -> true) == null) {
            count(batch);
        }
    }

    /// Counts what a crash left.
    void sweep() {
        batches.findUncounted(SWEEP).forEach(this::count);
    }

    private void countTheRest(BatchId batch) {
        try {
            boolean more = true;
            while (more) {
                more = step(batch);
            }
        } catch (RuntimeException e) {
            LOG.warn("The ends of items of {} are counted by the next sweep: {}", batch, e.getMessage());
        }
    }

    /// Counts once; returns whether more was noted meanwhile.
    private boolean step(BatchId batch) {
        boolean counted = false;
        try {
            transactions.execute(() -> {
                batches.countFinished(batch, clock.instant()).ifPresent(end::end);
                return true;
            });
            counted = true;
        } finally {
            if (!counted) {
                counting.remove(batch);
            }
        }
        return counting.computeIfPresent(batch, (_, noted) -> noted ? Boolean.FALSE : null) != null;
    }
}
