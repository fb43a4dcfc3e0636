package dev.runyard.engine.debounce;

import dev.runyard.protocol.trigger.Durations;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks what a caller wants to be debounced. What is wrong is said in a sentence that names the option.
public final class CheckDebounce {
    private final DebounceConfig config;

    public CheckDebounce(DebounceConfig config) {
        this.config = config;
    }

    /// Either a window, or the sentence that says why there is none.
    public sealed interface Checked {
        /// The options hold.
        record Valid(DebounceWindow window) implements Checked {}

        /// They do not.
        record Invalid(String sentence) implements Checked {}
    }

    public Checked check(Debounce debounce) {
        if (debounce.key().isBlank() || debounce.key().length() > config.maxKeyLength()) {
            return new Checked.Invalid(
                    "debounce.key must have 1 to " + config.maxKeyLength() + " characters, not all of them blank.");
        }
        Optional<Duration> delay = positive(debounce.delay());
        if (delay.isEmpty()) {
            return new Checked.Invalid("Invalid debounce delay: " + debounce.delay()
                    + ". debounce.delay must be a duration, not a date, such as \"5s\" or \"1m\".");
        }
        String maxDelay = debounce.maxDelay();
        if (maxDelay == null) {
            return withinCeiling(debounce, delay.get());
        }
        Optional<Duration> longest = positive(maxDelay);
        if (longest.isEmpty()) {
            return new Checked.Invalid("Invalid debounce maxDelay: " + maxDelay
                    + ". debounce.maxDelay must be a duration, not a date, such as \"1m\" or \"1h\".");
        }
        return longest.get().compareTo(delay.get()) <= 0
                ? new Checked.Invalid("debounce.maxDelay (" + maxDelay + ") must be longer than debounce.delay ("
                        + debounce.delay() + "). Raise debounce.maxDelay or lower debounce.delay.")
                : new Checked.Valid(window(debounce, delay.get(), longest.get()));
    }

    private Checked withinCeiling(Debounce debounce, Duration delay) {
        Duration ceiling = config.ceiling();
        return ceiling != null && delay.compareTo(ceiling) >= 0
                ? new Checked.Invalid("debounce.delay (" + debounce.delay() + ") must be shorter than "
                        + Durations.format(ceiling)
                        + ", the longest that this server holds a run back. Lower it, or set debounce.maxDelay.")
                : new Checked.Valid(window(debounce, delay, ceiling));
    }

    private DebounceWindow window(Debounce debounce, Duration delay, @Nullable Duration longest) {
        boolean isTrailing = debounce.mode() == Debounce.Mode.TRAILING;
        return new DebounceWindow(debounce.key(), delay, isTrailing, longest, config.quantum());
    }

    private static Optional<Duration> positive(String text) {
        return Durations.parse(text).filter(duration -> !duration.isZero());
    }
}
