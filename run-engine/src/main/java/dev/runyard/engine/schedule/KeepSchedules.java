package dev.runyard.engine.schedule;

import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.Repair;
import dev.runyard.protocol.id.EnvironmentId;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Removes old decisions, and makes sure that every armed instance has its timer.
final class KeepSchedules {
    private final InstanceRepository instances;
    private final TickRepository ticks;
    private final EngineMetrics metrics;
    private final ScheduleConfig config;
    private final InstantSource clock;

    KeepSchedules(
            InstanceRepository instances,
            TickRepository ticks,
            EngineMetrics metrics,
            ScheduleConfig config,
            InstantSource clock) {
        this.instances = instances;
        this.ticks = ticks;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
    }

    void keep() {
        ticks.removeOlderThan(clock.instant().minus(config.tickRetention()));
        restore(null);
    }

    /// Writes timers that are missing, in one environment or everywhere; returns how many.
    int restore(@Nullable EnvironmentId environment) {
        int restored = instances.restoreTimers(environment);
        if (restored > 0) {
            metrics.repaired(Repair.SCHEDULE, restored);
        }
        return restored;
    }
}
