package dev.runyard.sdk.internal;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/** Waits; tests replace it to see how long was waited. */
@FunctionalInterface
public interface Pacer {
    /** Lets the calling thread sleep. */
    Pacer SLEEPING = Thread::sleep;

    /** Waits for a while. */
    void pause(Duration duration) throws InterruptedException;

    /**
     * Waits for a while on behalf of a caller who need not know of threads.
     *
     * @param waitedFor what the caller waits for, such as {@code run run_…}
     * @throws CancellationException where the thread is interrupted; it stays so
     */
    default void pauseFor(String waitedFor, Duration duration) {
        try {
            pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for " + waitedFor);
        }
    }
}
