package dev.runyard.sdk.testing;

import dev.runyard.sdk.internal.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A clock that jumps over every wait, and remembers the jumps. Thread-safe. */
final class SkippedTime implements InstantSource, Pacer {
    private final List<Duration> waits = new ArrayList<>();
    private Instant now;

    SkippedTime(Instant begin) {
        this.now = begin;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void pause(Duration duration) {
        waits.add(duration);
        now = now.plus(duration);
    }

    synchronized void skipTo(Instant moment) {
        if (moment.isAfter(now)) {
            waits.add(Duration.between(now, moment));
            now = moment;
        }
    }

    synchronized List<Duration> waits() {
        return List.copyOf(waits);
    }
}
