package dev.runyard.protocol.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes version 7 UUIDs (RFC 9562, 5.7): 48 bits of unix milliseconds, then a counter and random bits.
 *
 * <p>Ids of one generator strictly increase, also within a millisecond and when the clock steps back. Thread-safe.
 */
public final class TimeOrderedIds {
    private static final int COUNTER_BITS = 12;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong last = new AtomicLong();

    public TimeOrderedIds(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns an id greater than every earlier one of this generator. */
    public UUID next() {
        long now = clock.millis() << COUNTER_BITS;
        long stamp = last.updateAndGet(previous -> Math.max(now, previous + 1));
        long millis = stamp >>> COUNTER_BITS;
        long counter = stamp & ((1 << COUNTER_BITS) - 1);
        return new UUID((millis << 16) | 0x7000 | counter, (random.nextLong() & 0x3fffffffffffffffL) | Long.MIN_VALUE);
    }

    /** Returns the instant that a time-ordered id carries, to the millisecond. */
    public static Instant instantOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    /** Returns the smallest id that could have been made at the given instant: a bound for ranges over ids. */
    public static UUID firstAt(Instant instant) {
        return new UUID(instant.toEpochMilli() << 16, 0);
    }
}
