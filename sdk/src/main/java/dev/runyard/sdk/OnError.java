package dev.runyard.sdk;

import java.time.Duration;
import java.time.Instant;

/** What follows an attempt that failed, as a task's {@code catchError} decides it. */
public sealed interface OnError {

    /** Whatever the task's {@link Retry} says. */
    static OnError asUsual() {
        return new AsUsual();
    }

    /** Another attempt at a moment, if attempts are left. */
    static OnError retryAt(Instant moment) {
        return new RetryAt(moment);
    }

    /** Another attempt after a while, if attempts are left. */
    static OnError retryIn(Duration delay) {
        return new RetryIn(delay);
    }

    /** No further attempt. */
    static OnError giveUp() {
        return new GiveUp();
    }

    /** Whatever the task's {@link Retry} says. */
    record AsUsual() implements OnError {}

    /**
     * Another attempt, if attempts are left.
     *
     * @param moment when
     */
    record RetryAt(Instant moment) implements OnError {}

    /**
     * Another attempt, if attempts are left.
     *
     * @param delay after what time
     */
    record RetryIn(Duration delay) implements OnError {
        public RetryIn {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("a delay is not negative: " + delay);
            }
        }
    }

    /** No further attempt. */
    record GiveUp() implements OnError {}
}
