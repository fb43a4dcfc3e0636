package dev.runyard.engine.queue;

import dev.runyard.protocol.id.EnvironmentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A limit in force.
///
/// @param environmentId whose
/// @param workerQueue where the environment's runs wait
/// @param queue the queue, absent for the limit of the environment itself
/// @param limit most slots, absent for no limit of its own
/// @param isPaused whether nothing may start
/// @param waiting queue keys with waiting runs that depend on it
public record QueueLimit(
        EnvironmentId environmentId,
        String workerQueue,
        @Nullable String queue,
        @Nullable Integer limit,
        boolean isPaused,
        List<QueueKey> waiting) {

    /// The scope that it holds for.
    public String scope() {
        return queue == null ? environmentId.body() : environmentId.body() + "|" + queue;
    }
}
