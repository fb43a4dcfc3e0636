package dev.runyard.engine.queue;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.protocol.id.EnvironmentId;
import org.springframework.transaction.support.TransactionTemplate;

/// Brings the limits of an environment from the database into Redis.
///
/// Two webapps do not do it at once for one environment: the second reads after the first has written, so
/// what Redis has in the end is what the database said last.
public final class ApplyLimits {
    private final Environments environments;
    private final QueueLimitRepository limits;
    private final RunQueue queue;
    private final TransactionTemplate transaction;

    public ApplyLimits(
            Environments environments, QueueLimitRepository limits, RunQueue queue, TransactionTemplate transaction) {
        this.environments = environments;
        this.limits = limits;
        this.queue = queue;
        this.transaction = transaction;
    }

    /// Applies the newest limits; of an environment that is gone, none.
    public void apply(EnvironmentId environment) {
        environments.find(environment).ifPresent(this::apply);
    }

    private void apply(EnvironmentSettings settings) {
        transaction.executeWithoutResult(_ -> {
            limits.lock(settings.id());
            EnvironmentLimits newest = limits.limits(settings);
            queue.limit(newest);
            // Read after the limits are there: what is published in between sees them by itself.
            queue.reopen(newest, limits.waiting(settings.id()));
        });
    }
}
