package dev.runyard.engine.debounce;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Settings of debouncing.
///
/// @param quantum pushed delays end at multiples of this, so that a hot key writes once per quantum; zero switches it
/// off
/// @param ceiling longest time that triggers may hold a run back where they name no `maxDelay`; absent means no limit
/// @param maxKeyLength most characters of a key
public record DebounceConfig(Duration quantum, @Nullable Duration ceiling, int maxKeyLength) {

    /// The settings of a server whose operator changed none.
    public static final DebounceConfig DEFAULT = new DebounceConfig(Duration.ofSeconds(1), null, 512);

    public DebounceConfig {
        if (quantum.isNegative()) {
            throw new IllegalArgumentException("quantum must not be negative: " + quantum);
        }
    }
}
