package dev.runyard.engine.debounce;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A checked Debounce: how far a trigger pushes the run that collects its key.
///
/// @param key the key
/// @param delay quiet time before the run starts
/// @param isTrailing whether the newest trigger's input wins
/// @param longest how long after its creation a run may still be pushed to; absent means for ever
/// @param quantum pushed delays end at multiples of this; zero where they need not
public record DebounceWindow(
        String key,
        Duration delay,
        boolean isTrailing,
        @Nullable Duration longest,
        Duration quantum) {

    /// Returns when a run must start that is triggered again now.
    ///
    /// @param now the time
    /// @param createdAt when the run was triggered first
    /// @return empty where that would hold the run back too long: the trigger then makes a run of its own
    public Optional<Instant> pushedTo(Instant now, Instant createdAt) {
        Instant exact = now.plus(delay);
        if (longest == null) {
            return Optional.of(roundUp(exact));
        }
        Instant last = createdAt.plus(longest);
        if (exact.isAfter(last)) {
            return Optional.empty();
        }
        Instant rounded = roundUp(exact);
        return Optional.of(rounded.isAfter(last) ? last : rounded);
    }

    /// Rounded up, never down: the key is always quiet for the whole delay before its run starts.
    private Instant roundUp(Instant exact) {
        if (quantum.isZero()) {
            return exact;
        }
        long step = quantum.toMillis();
        long millis = exact.toEpochMilli() + (exact.getNano() % 1_000_000 == 0 ? 0 : 1);
        return Instant.ofEpochMilli(Math.ceilDiv(millis, step) * step);
    }
}
