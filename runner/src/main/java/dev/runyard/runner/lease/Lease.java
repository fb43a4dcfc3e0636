package dev.runyard.runner.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * How long the run is still this process's own.
 *
 * <p>It is measured from the moment a heartbeat was sent, not answered: the server's time began somewhere between. Both
 * clocks count, because the monotonic one may stand still while the machine sleeps.
 */
final class Lease {
    private final Duration usable;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private Moment renewed;

    Lease(Duration usable, InstantSource clock, LongSupplier nanoTime) {
        this.usable = usable;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.renewed = now();
    }

    /** Returns the present moment, to be taken before a heartbeat is sent. */
    Moment now() {
        return new Moment(nanoTime.getAsLong(), clock.instant());
    }

    /** Extends the lease: a heartbeat that was sent at that moment has been answered. */
    synchronized void renew(Moment sent) {
        if (sent.nanos() - renewed.nanos() > 0) {
            renewed = sent;
        }
    }

    synchronized boolean isLost() {
        Moment now = now();
        return now.nanos() - renewed.nanos() > usable.toNanos()
                || Duration.between(renewed.wall(), now.wall()).compareTo(usable) > 0;
    }

    /**
     * @param nanos monotonic clock
     * @param wall wall clock
     */
    record Moment(long nanos, Instant wall) {}
}
