package dev.runyard.engine.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/// Remembers up to which row the outbox was relayed, so that a look does not begin at its oldest row.
///
/// Rows are short-lived, so nearly all index entries before the living ones are dead. A transaction that stays open
/// keeps them from being removed, and reading millions of them at each look would cost more than the runs
/// themselves. Ids are given before their transaction commits, so a row may show up after one with a larger id:
/// a row counts as passed only after a while, and now and then all are looked at.
final class RelayProgress {
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(10);
    private static final Duration LOOK_AT_ALL = Duration.ofMinutes(1);

    private long candidate;
    private Instant candidateSince = Instant.EPOCH;
    private Instant lookedAtAll = Instant.EPOCH;
    private boolean isWhole;
    private volatile long settled;

    /// Begins a look.
    ///
    /// @return the row after which it begins, 0 for all rows
    long begin(Instant now) {
        boolean isEnough = !now.isBefore(lookedAtAll) && now.isBefore(lookedAtAll.plus(LOOK_AT_ALL));
        isWhole = true;
        lookedAtAll = isEnough ? lookedAtAll : now;
        return isEnough ? settled : 0;
    }

    /// The look saw rows that it could not relay.
    void stopped() {
        isWhole = false;
    }

    /// Ends a look that began at this time.
    ///
    /// @param lastGiven finds the id that was given to a row last
    void end(Instant begin, LongSupplier lastGiven) {
        if (!isWhole) {
            settled = 0;
            candidate = 0;
            candidateSince = Instant.EPOCH;
            lookedAtAll = Instant.EPOCH;
        } else if (!begin.isBefore(candidateSince.plus(SETTLED_AFTER))) {
            settled = candidate;
            candidate = lastGiven.getAsLong();
            candidateSince = begin;
        }
    }

    /// Returns the row up to which nothing is expected any more.
    long settled() {
        return settled;
    }
}
