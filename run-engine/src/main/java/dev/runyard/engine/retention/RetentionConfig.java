package dev.runyard.engine.retention;

import java.time.Duration;

/// How long things are kept.
///
/// @param runs age after its end at which a run may be removed; zero keeps all runs
/// @param period how often old runs are looked for
/// @param batch rows that one transaction deletes
/// @param lockTimeout how long dropping a month may wait for its lock before it is put off to the next
///     period
public record RetentionConfig(Duration runs, Duration period, int batch, Duration lockTimeout) {
    /// Thirty days.
    public static final RetentionConfig DEFAULT =
            new RetentionConfig(Duration.ofDays(30), Duration.ofHours(1), 1_000, Duration.ofSeconds(1));

    /// The same for another time.
    public RetentionConfig keeping(Duration otherTime) {
        return new RetentionConfig(otherTime, period, batch, lockTimeout);
    }

    public RetentionConfig {
        if (runs.isNegative() || batch < 1 || lockTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("retention must be positive, or zero for ever");
        }
    }

    /// Tells whether runs are kept for ever.
    boolean keepsEverything() {
        return runs.isZero();
    }
}
