package dev.runyard.engine.retention;

import dev.runyard.engine.observe.EngineMetrics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/// Removes runs that ended long ago, and batches and whatever else ends with them.
///
/// A month all of whose runs and batches ended long ago is dropped, which writes next to nothing. A month
/// with one that is not ready to go stays, and loses the others in small transactions. Nothing waits long
/// for a lock: what cannot be had now is tried again in the next period.
public final class RemoveOldRows {
    private static final Logger LOG = LoggerFactory.getLogger(RemoveOldRows.class);
    private static final int BATCHES_AT_ONCE = 50;

    private final PartitionRepository partitions;
    private final TransactionTemplate transaction;
    private final EngineMetrics metrics;
    private final RetentionConfig config;
    private final InstantSource clock;
    private final List<OldRows> others;

    public RemoveOldRows(
            PartitionRepository partitions,
            TransactionTemplate transaction,
            EngineMetrics metrics,
            RetentionConfig config,
            InstantSource clock,
            List<OldRows> others) {
        this.partitions = partitions;
        this.transaction = transaction;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
        this.others = List.copyOf(others);
    }

    /// Removes what is due.
    public void remove() {
        if (config.keepsEverything()) {
            return;
        }
        Instant endedBefore = clock.instant().minus(config.runs());
        for (Month month : partitions.months()) {
            if (!month.end().isAfter(endedBefore)) {
                removeMonth(month, endedBefore);
            }
        }
        deleteAll("run", () -> partitions.deleteRuns(partitions.findEndedOutside(endedBefore, config.batch())));
        for (OldRows rows : others) {
            deleteAll(rows.kind(), () -> rows.removeSome(endedBefore, config.batch()));
        }
    }

    private void removeMonth(Month month, Instant endedBefore) {
        if (partitions.isNeeded(month, endedBefore)) {
            deleteAll("run", () -> partitions.deleteRuns(partitions.findEnded(month, endedBefore, config.batch())));
            deleteAll("batch-item", () -> partitions.deleteBatches(month, endedBefore, config.batch()));
            return;
        }
        try {
            transaction.executeWithoutResult(_ -> {
                if (partitions.lock()) {
                    partitions.drop(month, config.lockTimeout());
                    metrics.removed("month", 1);
                    LOG.info("Dropped the runs of {}: all ended before {}", month.month(), endedBefore);
                }
            });
        } catch (DataAccessException e) {
            LOG.info("The runs of {} stay for now: {}", month.month(), e.getMessage());
        }
    }

    private void deleteAll(String kind, IntSupplier some) {
        int deleted;
        int batches = 0;
        do {
            deleted = Objects.requireNonNull(transaction.execute(_ -> some.getAsInt()));
            metrics.removed(kind, deleted);
        } while (deleted >= config.batch() && ++batches < BATCHES_AT_ONCE);
    }
}
