package dev.runyard.engine.gate;

import dev.runyard.engine.queue.QueueSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A queue as operators see it.
///
/// @param settings what versions and operators set
/// @param limitInForce most slots of each of its keys, absent where only the environment's limit holds
/// @param queued runs that wait for a worker or a slot, also those that may not start yet
/// @param running runs that hold a slot
/// @param overridden since when an operator's limit holds; absent where none does
public record QueueView(
        QueueSettings settings,
        @Nullable Integer limitInForce,
        long queued,
        long running,
        @Nullable Overridden overridden) {

    /// Who put another limit in the place of the declared one.
    ///
    /// @param at when
    /// @param by who, as people know them; absent where a key did it
    public record Overridden(Instant at, @Nullable String by) {}

    /// One concurrency key's copy of a queue.
    ///
    /// @param concurrencyKey the key, empty for runs without one
    /// @param queued runs that wait
    /// @param running runs that hold a slot
    public record Key(String concurrencyKey, long queued, long running) {}
}
