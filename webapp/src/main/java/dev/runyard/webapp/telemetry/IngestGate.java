package dev.runyard.webapp.telemetry;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.springframework.stereotype.Component;

/// Lets only so many requests store telemetry at a time: a flood of it must leave connections of the database to those
/// who trigger and execute runs (threat F39).
@Component
class IngestGate {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    static final int BUSY = -1;

    private final Semaphore places;

    IngestGate(TelemetryProperties properties) {
        this.places = new Semaphore(properties.maxConcurrentWrites(), true);
    }

    /// Stores something and returns how much of it was dropped, or [#BUSY] where there was no place in time.
    int store(IntSupplier write) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return BUSY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return BUSY;
        }
        try {
            return write.getAsInt();
        } finally {
            places.release();
        }
    }
}
