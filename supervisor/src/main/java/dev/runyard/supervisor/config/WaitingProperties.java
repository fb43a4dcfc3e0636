package dev.runyard.supervisor.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of workloads whose runs wait.
///
/// @param tier what happens to them
/// @param threshold how long a run must have waited
public record WaitingProperties(
        @DefaultValue("keep") Tier tier,
        @DefaultValue("30s") Duration threshold) {

    /// What happens to a workload whose run waits.
    public enum Tier {
        /// It stays as it is.
        KEEP,
        /// It is frozen where the workload manager can do that, and thawed when the run goes on.
        FREEZE
    }
}
