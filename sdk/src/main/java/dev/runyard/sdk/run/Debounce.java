package dev.runyard.sdk.run;

import dev.runyard.protocol.trigger.Durations;
import dev.runyard.protocol.trigger.TriggerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Joins triggers of a task that come in quick succession into one run.
 *
 * <pre>{@code
 * TriggerOptions.none().debounce(Debounce.by("user-123", Duration.ofSeconds(5)))
 * }</pre>
 *
 * @param key triggers with the same key are joined
 * @param delay how long after the last of them the run starts; whole seconds, at least one
 * @param takesLast whether the run has the last payload and not the first
 * @param maxDelay how long after the first of them it starts at the latest
 */
public record Debounce(
        String key,
        Duration delay,
        boolean takesLast,
        @Nullable Duration maxDelay) {
    public Debounce {
        if (key.isBlank()) {
            throw new IllegalArgumentException("a debounce key is not blank");
        }
        if (delay.toSeconds() < 1) {
            throw new IllegalArgumentException("a debounce delay is at least 1 second, not " + delay);
        }
        if (maxDelay != null && maxDelay.compareTo(delay) <= 0) {
            throw new IllegalArgumentException("maxDelay is longer than the delay of " + delay + ", not " + maxDelay);
        }
    }

    /** Joins triggers; the run has the payload of the first. */
    public static Debounce by(String key, Duration delay) {
        return new Debounce(key, delay, false, null);
    }

    /** The same, and the run has the payload and options of the last. */
    public Debounce takingLast() {
        return new Debounce(key, delay, true, maxDelay);
    }

    /** The same, and the run starts that long after the first trigger at the latest. */
    public Debounce atMost(Duration longest) {
        return new Debounce(key, delay, takesLast, longest);
    }

    TriggerRequest.Debounce toWire() {
        return new TriggerRequest.Debounce(
                key,
                Durations.format(delay),
                takesLast ? "trailing" : null,
                maxDelay == null ? null : Durations.format(maxDelay));
    }
}
