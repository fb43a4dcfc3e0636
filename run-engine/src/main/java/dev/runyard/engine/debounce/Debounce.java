package dev.runyard.engine.debounce;

import org.jspecify.annotations.Nullable;

/// What a caller wants to be debounced; durations as the caller wrote them, for display.
///
/// @param key triggers of a task with the same key become one run
/// @param delay how long the key must be quiet before the run starts, such as `5s`
/// @param mode whose payload the run gets
/// @param maxDelay longest time that further triggers may hold the run back, such as `1m`; absent means the server's
public record Debounce(
        String key, String delay, Mode mode, @Nullable String maxDelay) {

    /// Whose payload the run gets.
    public enum Mode {
        /// The first trigger's.
        LEADING,
        /// The last trigger's, with its metadata, tags, attempts, duration and machine.
        TRAILING
    }
}
