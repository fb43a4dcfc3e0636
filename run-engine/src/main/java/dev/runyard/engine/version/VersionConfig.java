package dev.runyard.engine.version;

import java.time.Duration;

/// Settings of waiting for a version.
///
/// @param deploymentDeadline how long a run waits for the deployment that its trigger named, at most
/// @param sweepPeriod how often parked runs are looked at that no deployment announced anything to
public record VersionConfig(Duration deploymentDeadline, Duration sweepPeriod) {

    /// The settings of a server whose operator changed none.
    public static final VersionConfig DEFAULT = new VersionConfig(Duration.ofHours(1), Duration.ofSeconds(10));
}
