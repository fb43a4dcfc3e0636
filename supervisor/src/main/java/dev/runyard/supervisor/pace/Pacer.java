package dev.runyard.supervisor.pace;

import java.time.Duration;

/// Pauses of loops, in one place so that tests can do without.
@FunctionalInterface
public interface Pacer {
    void pause(Duration time) throws InterruptedException;

    static Pacer real() {
        return Thread::sleep;
    }
}
