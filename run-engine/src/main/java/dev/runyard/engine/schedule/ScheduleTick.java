package dev.runyard.engine.schedule;

import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What was decided about a tick, or about several in a row that were left out together.
///
/// @param instanceId whose tick
/// @param nominalAt the cron's time of it
/// @param lastNominalAt the cron's time of the last one that the decision is about
/// @param outcome the decision
/// @param runId the run, where there is one
/// @param reason why there is none
/// @param decidedAt when
public record ScheduleTick(
        UUID instanceId,
        Instant nominalAt,
        Instant lastNominalAt,
        Outcome outcome,
        @Nullable RunId runId,
        @Nullable String reason,
        Instant decidedAt) {

    /// The decision.
    public enum Outcome {
        /// There is a run.
        TRIGGERED,
        /// The run was refused, for instance by a full queue.
        REFUSED,
        /// The server was down, and the policy says that these ticks do not happen.
        MISSED,
        /// The environment is gone or takes no ticks now.
        INACTIVE
    }
}
