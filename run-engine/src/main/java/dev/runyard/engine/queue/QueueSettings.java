package dev.runyard.engine.queue;

import dev.runyard.protocol.id.EnvironmentId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// A queue's own settings, as versions declare and operators change them.
///
/// @param environmentId whose
/// @param name the queue
/// @param declaredLimit what the newest version declares, absent for no limit of its own
/// @param overrideLimit what an operator put in its place as a number
/// @param overridePercent what an operator put in its place as a share of the environment's limit, above 0 up to 100
/// @param combinedLimit most slots of all its keys together
/// @param isPaused whether nothing may start
public record QueueSettings(
        EnvironmentId environmentId,
        String name,
        @Nullable Integer declaredLimit,
        @Nullable Integer overrideLimit,
        @Nullable BigDecimal overridePercent,
        @Nullable Integer combinedLimit,
        boolean isPaused) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// Returns the limit of each key that holds in an environment with the given limit; never more than
    /// that. A share is at least one slot.
    public @Nullable Integer limitIn(int environmentLimit) {
        if (overridePercent != null) {
            int share = overridePercent
                    .multiply(BigDecimal.valueOf(environmentLimit))
                    .divide(HUNDRED, RoundingMode.FLOOR)
                    .intValue();
            return Math.min(Math.max(1, share), environmentLimit);
        }
        Integer own = overrideLimit == null ? declaredLimit : overrideLimit;
        return own == null ? null : Math.min(own, environmentLimit);
    }

    /// Tells whether an operator changed the limit.
    public boolean isOverridden() {
        return overrideLimit != null || overridePercent != null;
    }

    QueueLimit inForce(int environmentLimit) {
        return new QueueLimit(name, limitIn(environmentLimit), combinedLimit, isPaused);
    }
}
