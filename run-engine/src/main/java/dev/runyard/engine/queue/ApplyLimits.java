package dev.runyard.engine.queue;

import dev.runyard.engine.directory.Environments;
import dev.runyard.protocol.id.EnvironmentId;

/// Brings the limits of an environment from the database into Redis.
public final class ApplyLimits {
    private final Environments environments;
    private final QueueLimitRepository limits;
    private final RunQueue queue;

    public ApplyLimits(Environments environments, QueueLimitRepository limits, RunQueue queue) {
        this.environments = environments;
        this.limits = limits;
        this.queue = queue;
    }

    /// Applies the newest limits; of an environment that is gone, none.
    public void apply(EnvironmentId environment) {
        environments
                .find(environment)
                .ifPresent(settings -> limits.limits(settings).forEach(queue::limit));
    }
}
