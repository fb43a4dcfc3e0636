package dev.runyard.engine.queue;

import dev.runyard.protocol.id.EnvironmentId;
import java.util.List;

/// The limits of an environment and of its queues in force.
///
/// @param environmentId whose
/// @param workerQueue where the environment's runs wait
/// @param limit most slots of one queue key
/// @param burstLimit most slots of the environment
/// @param isPaused whether none of its runs may start
/// @param queues queues that have settings; all others have only the environment's limits
public record EnvironmentLimits(
        EnvironmentId environmentId,
        String workerQueue,
        int limit,
        int burstLimit,
        boolean isPaused,
        List<QueueLimit> queues) {

    public EnvironmentLimits {
        queues = List.copyOf(queues);
    }
}
