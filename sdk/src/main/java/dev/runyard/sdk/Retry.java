package dev.runyard.sdk;

import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.MachinePreset;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How failed attempts are repeated. A task that says nothing has {@link #DEFAULT}.
 *
 * @param maxAttempts attempts in total, at least 1
 * @param firstDelay delay after the first failure
 * @param factor growth of the delay with each further failure
 * @param longestDelay the delay never grows beyond this
 * @param jitter whether each delay is multiplied by a random number in [1, 2)
 * @param machineAfterOutOfMemory size of the next attempt after an out-of-memory kill; absent means no such attempt
 */
public record Retry(
        int maxAttempts,
        Duration firstDelay,
        double factor,
        Duration longestDelay,
        boolean jitter,
        @Nullable MachinePreset machineAfterOutOfMemory) {

    /** Three attempts, 1 second apart at first, doubling, with jitter. */
    public static final Retry DEFAULT = exponential(3, Duration.ofSeconds(1));

    public Retry {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("there is at least 1 attempt, not " + maxAttempts);
        }
        if (firstDelay.isNegative() || longestDelay.isNegative()) {
            throw new IllegalArgumentException("delays are not negative");
        }
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("the factor is at least 1, not " + factor);
        }
    }

    /** One attempt, no retry. */
    public static Retry none() {
        return new Retry(1, Duration.ZERO, 1, Duration.ZERO, false, null);
    }

    /** Delays that double from {@code firstDelay} up to one minute, with jitter. */
    public static Retry exponential(int maxAttempts, Duration firstDelay) {
        Duration longest = Duration.ofMinutes(1);
        return new Retry(
                maxAttempts, firstDelay, 2, firstDelay.compareTo(longest) > 0 ? firstDelay : longest, true, null);
    }

    /** The same delay after each failure, without jitter. */
    public static Retry fixed(int maxAttempts, Duration delay) {
        return new Retry(maxAttempts, delay, 1, delay, false, null);
    }

    /** The same with another growth. */
    public Retry growingBy(double newFactor) {
        return new Retry(maxAttempts, firstDelay, newFactor, longestDelay, jitter, machineAfterOutOfMemory);
    }

    /** The same with another upper bound of the delay. */
    public Retry atMost(Duration longest) {
        return new Retry(maxAttempts, firstDelay, factor, longest, jitter, machineAfterOutOfMemory);
    }

    /** The same with exact delays. */
    public Retry withoutJitter() {
        return new Retry(maxAttempts, firstDelay, factor, longestDelay, false, machineAfterOutOfMemory);
    }

    /** The same, and an attempt that ran out of memory is repeated on a larger machine. */
    public Retry onOutOfMemory(MachinePreset larger) {
        return new Retry(maxAttempts, firstDelay, factor, longestDelay, jitter, larger);
    }

    /** Returns the form that workers and the server exchange. */
    public RetryOptions toWire() {
        RetryOptions.OutOfMemory outOfMemory = machineAfterOutOfMemory == null
                ? null
                : new RetryOptions.OutOfMemory(machineAfterOutOfMemory.toString());
        return new RetryOptions(
                maxAttempts, factor, firstDelay.toMillis(), longestDelay.toMillis(), jitter, outOfMemory);
    }
}
