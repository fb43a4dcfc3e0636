package dev.runyard.sdk.internal;

import java.time.Duration;

/** Waits; tests replace it to see how long was waited. */
@FunctionalInterface
public interface Pacer {
    /** Lets the calling thread sleep. */
    Pacer SLEEPING = Thread::sleep;

    /** Waits for a while. */
    void pause(Duration duration) throws InterruptedException;
}
