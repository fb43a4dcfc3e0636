package dev.runyard.engine.schedule;

import org.jspecify.annotations.Nullable;

/// What happens with ticks that the server missed while it was down.
///
/// @param policy which of them happen
/// @param limit most runs that `ALL` makes up for, the latest ones; absent means the server's setting
public record CatchUp(Policy policy, @Nullable Integer limit) {
    /// One run for the latest missed tick.
    public static final CatchUp DEFAULT = new CatchUp(Policy.LAST, null);

    public CatchUp {
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("the limit of missed ticks is at least 1: " + limit);
        }
    }

    /// Which missed ticks happen.
    public enum Policy {
        /// None.
        SKIP,
        /// The latest.
        LAST,
        /// All, up to a limit.
        ALL
    }
}
