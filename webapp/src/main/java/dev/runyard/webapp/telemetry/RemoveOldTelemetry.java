package dev.runyard.webapp.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes months of telemetry before they are needed, and removes those that are too old.
///
/// A month whose runs have all ended is dropped. One with a run that goes on stays, and loses the others' rows.
@Component
class RemoveOldTelemetry {
    private static final Logger LOG = LoggerFactory.getLogger(RemoveOldTelemetry.class);
    private static final int MONTHS_AHEAD = 3;
    private static final int RUNS_AT_ONCE = 500;
    private static final int STEPS_AT_ONCE = 100;
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(1);

    private final TelemetryPartitionRepository partitions;
    private final TransactionTemplate transactions;
    private final Duration retention;
    private final InstantSource clock;

    RemoveOldTelemetry(
            TelemetryPartitionRepository partitions,
            TransactionTemplate transactions,
            TelemetryProperties properties,
            InstantSource clock) {
        this.partitions = partitions;
        this.transactions = transactions;
        this.retention = properties.retention();
        this.clock = clock;
    }

    /// Makes this month and those ahead.
    void makeMonths() {
        partitions.ensure(clock.instant().atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1), MONTHS_AHEAD);
    }

    /// Removes what is due.
    void remove() {
        if (retention.isZero()) {
            return;
        }
        Instant before = clock.instant().minus(retention);
        for (YearMonth month : partitions.months()) {
            Instant end =
                    month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            if (!end.isAfter(before)) {
                removeMonth(month);
            }
        }
    }

    private void removeMonth(YearMonth month) {
        if (partitions.hasUnended(month)) {
            deleteEnded(month);
            return;
        }
        try {
            transactions.executeWithoutResult(_ -> {
                if (partitions.drop(month, LOCK_PATIENCE)) {
                    LOG.info("Dropped the telemetry of the runs of {}", month);
                }
            });
        } catch (DataAccessException e) {
            LOG.info("The telemetry of {} stays for now: {}", month, e.getMessage());
        }
    }

    private void deleteEnded(YearMonth month) {
        for (int step = 0; step < STEPS_AT_ONCE; step++) {
            List<UUID> runs = partitions.findEnded(month, RUNS_AT_ONCE);
            if (!runs.isEmpty()) {
                transactions.executeWithoutResult(_ -> partitions.delete(runs));
            }
            if (runs.size() < RUNS_AT_ONCE) {
                return;
            }
        }
    }
}
