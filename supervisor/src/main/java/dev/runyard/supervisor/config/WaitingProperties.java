package dev.runyard.supervisor.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of workloads whose runs wait.
///
/// @param tier what happens to them
/// @param threshold how long a run must have waited
/// @param fallback what happens to a workload that cannot be stored, `keep` or `freeze`
/// @param sweepInterval how often what is stored of runs that nobody will restore is looked for and removed
/// @param sandboxImage image for the sandboxes of containers that may be stored, whose own command sleeps; the run's
/// image and its `sleep` where absent
public record WaitingProperties(
        @DefaultValue("keep") Tier tier,
        @DefaultValue("30s") Duration threshold,
        @DefaultValue("keep") Tier fallback,
        @DefaultValue("1m") Duration sweepInterval,
        @Nullable String sandboxImage) {

    public WaitingProperties {
        if (fallback == Tier.CHECKPOINT) {
            throw new IllegalArgumentException("runyard.supervisor.waiting.fallback is what happens where a checkpoint"
                    + " fails: say keep or freeze");
        }
    }

    /// What happens to a workload whose run waits.
    public enum Tier {
        /// It stays as it is.
        KEEP,
        /// It is frozen where the workload manager can do that, and thawed when the run goes on.
        FREEZE,
        /// Its process is stored and ended where the workload manager can do that, and restored when the run goes on.
        CHECKPOINT
    }
}
