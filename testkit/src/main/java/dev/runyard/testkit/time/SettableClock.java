package dev.runyard.testkit.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A clock that stands still until a test moves it or lets it run. Thread-safe.
public final class SettableClock implements InstantSource {
    private final AtomicReference<Instant> now;
    private final AtomicReference<@Nullable InstantSource> running = new AtomicReference<>();

    public SettableClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        InstantSource source = running.get();
        return source == null ? now.get() : source.instant();
    }

    public void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    public void set(Instant instant) {
        now.set(instant);
    }

    /// Lets the clock run as fast as real time does.
    public void run() {
        long started = System.nanoTime();
        running.set(() -> now.get().plusNanos(System.nanoTime() - started));
    }
}
