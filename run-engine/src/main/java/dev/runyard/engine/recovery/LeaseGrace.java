package dev.runyard.engine.recovery;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds the recovery of lapsed runs back after a time in which heartbeats may not have got through: this
/// process was suspended, the database did not answer, or its clock was set. Workers that live renew their
/// leases meanwhile.
///
/// It counts this machine's nanoseconds, not the time of day.
public final class LeaseGrace {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseGrace.class);

    private final Duration gap;
    private final Duration grace;
    private final LongSupplier nanos;
    private long lastLook;
    private long graceFrom;
    private Duration graceLength = Duration.ZERO;

    /// @param lease how long a worker may be silent; a quarter of it without a look at the leases is a
    ///     gap
    /// @param nanos this machine's counter
    public LeaseGrace(Duration lease, LongSupplier nanos) {
        this.gap = lease.dividedBy(4);
        this.grace = lease;
        this.nanos = nanos;
        this.lastLook = nanos.getAsLong();
    }

    /// Gives the results that workers kept while all webapps were down a moment to arrive.
    public synchronized void started() {
        begin(gap);
    }

    /// Gives every worker one lease's length.
    public synchronized void interrupted() {
        LOG.warn("Heartbeats may have been missed; no run is taken from its worker for {}", grace);
        begin(grace);
    }

    /// Tells whether leases are to be believed now.
    synchronized boolean isOver() {
        long now = nanos.getAsLong();
        if (now - lastLook > gap.toNanos()) {
            interrupted();
        }
        return now - graceFrom >= graceLength.toNanos();
    }

    /// Hears that the leases could be read.
    synchronized void looked() {
        lastLook = nanos.getAsLong();
    }

    private void begin(Duration length) {
        graceFrom = nanos.getAsLong();
        graceLength = length;
        lastLook = graceFrom;
    }
}
