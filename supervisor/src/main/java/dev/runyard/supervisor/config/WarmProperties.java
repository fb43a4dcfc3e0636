package dev.runyard.supervisor.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of workloads that are kept for more runs.
///
/// @param idle how long a workload that has ended its run waits for another one; none does where zero
/// @param poolSize most workloads that wait
/// @param pickup how long a workload may take to begin a run that it was given before another one gets the run
public record WarmProperties(
        @DefaultValue("0s") Duration idle,
        @DefaultValue("4") int poolSize,
        @DefaultValue("5s") Duration pickup) {
    public boolean isOn() {
        return idle.isPositive() && poolSize > 0;
    }
}
