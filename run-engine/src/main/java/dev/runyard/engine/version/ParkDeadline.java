package dev.runyard.engine.version;

import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.run.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Until when a run waits for the deployment that its trigger named.
public final class ParkDeadline {
    /// Status reason of a run that waits for a deployment with its external id.
    public static final String PENDING = "EXTERNAL_DEPLOYMENT_PENDING";

    /// Status reason of a run whose deployment did not come in time.
    public static final String NOT_FOUND = "EXTERNAL_DEPLOYMENT_NOT_FOUND";

    private final VersionConfig config;

    public ParkDeadline(VersionConfig config) {
        this.config = config;
    }

    /// Tells whether a run waits for a deployment with its external id; other parked runs have no deadline.
    public static boolean holds(RunState run) {
        return run.execution() == ExecutionStatus.RUN_CREATED && PENDING.equals(run.statusReason());
    }

    /// Counts from the end of the delay, since the run could not start earlier anyway; a shorter ttl wins.
    ///
    /// @param from the time from which a run without a delay waits
    /// @param delayUntil end of the run's delay
    /// @param ttlSeconds the run's ttl
    public Instant of(Instant from, @Nullable Instant delayUntil, @Nullable Integer ttlSeconds) {
        Instant start = delayUntil != null && delayUntil.isAfter(from) ? delayUntil : from;
        Duration longest = config.deploymentDeadline();
        return start.plus(
                ttlSeconds != null && ttlSeconds < longest.toSeconds() ? Duration.ofSeconds(ttlSeconds) : longest);
    }
}
