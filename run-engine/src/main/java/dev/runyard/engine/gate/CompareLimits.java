package dev.runyard.engine.gate;

import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.Repair;
import dev.runyard.engine.queue.EnvironmentLimits;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.QueueUnavailableException;
import dev.runyard.engine.queue.RunQueue;

/// Finds limits that Redis holds otherwise than the database and the control plane do, and writes them
/// again. That makes up for a change that nobody announced, or that was applied from an older answer of the
/// control plane.
public final class CompareLimits {
    private final Environments environments;
    private final QueueLimitRepository limits;
    private final RunQueue queue;
    private final ChangeGates change;
    private final EngineMetrics metrics;

    CompareLimits(
            Environments environments,
            QueueLimitRepository limits,
            RunQueue queue,
            ChangeGates change,
            EngineMetrics metrics) {
        this.environments = environments;
        this.limits = limits;
        this.queue = queue;
        this.change = change;
        this.metrics = metrics;
    }

    /// Compares all environments; returns how many it had to write.
    public int compare() {
        int written = 0;
        try {
            for (EnvironmentLimits environment : limits.limits(environments.all())) {
                if (!queue.holds(environment)) {
                    change.apply(environment.environmentId(), () -> {});
                    metrics.repaired(Repair.LIMIT, 1);
                    written++;
                }
            }
        } catch (QueueUnavailableException e) {
            // Filling Redis again writes every limit.
        }
        return written;
    }
}
