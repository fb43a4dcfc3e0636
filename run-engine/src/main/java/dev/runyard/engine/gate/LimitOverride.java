package dev.runyard.engine.gate;

import java.math.BigDecimal;

/// What an operator puts in place of the limit that a version declares.
public sealed interface LimitOverride {
    /// A number of slots.
    ///
    /// @param limit 0 up to the environment's limit
    record Slots(int limit) implements LimitOverride {}

    /// A share of the environment's limit; it follows that limit when it changes.
    ///
    /// @param percent above 0 up to 100, with at most two decimals
    record Percent(BigDecimal percent) implements LimitOverride {}
}
