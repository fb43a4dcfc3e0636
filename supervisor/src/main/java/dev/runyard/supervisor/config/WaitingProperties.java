package dev.runyard.supervisor.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of workloads whose runs wait.
///
/// @param tier what happens to them
/// @param threshold how long a run must have waited
/// @param fallback what happens to a workload that cannot be stored, `keep` or `freeze`
/// @param retry after what time one that could not be stored is tried again; twice as long after each further failure,
/// up to an hour
/// @param parallel most workloads that are stored at the same time, and as many that are restored, which takes
/// processors and the disk
/// @param sweepInterval how often what is stored of runs that nobody will restore is looked for and removed
/// @param sandboxImage image for the sandboxes of containers that may be stored, whose own command sleeps; the run's
/// image and its `sleep` where absent
/// @param shared where what is stored lies for all supervisors; with its container, for this one alone, where absent
public record WaitingProperties(
        @DefaultValue("keep") Tier tier,
        @DefaultValue("30s") Duration threshold,
        @DefaultValue("keep") Tier fallback,
        @DefaultValue("1m") Duration retry,
        @DefaultValue("4") int parallel,
        @DefaultValue("1m") Duration sweepInterval,
        @Nullable String sandboxImage,
        @Nullable Shared shared) {

    public WaitingProperties {
        if (fallback == Tier.CHECKPOINT) {
            throw new IllegalArgumentException("runyard.supervisor.waiting.fallback is what happens where a checkpoint"
                    + " fails: say keep or freeze");
        }
        if (!retry.isPositive()) {
            throw new IllegalArgumentException("runyard.supervisor.waiting.retry must be longer than 0");
        }
        if (parallel < 1) {
            throw new IllegalArgumentException("runyard.supervisor.waiting.parallel must be 1 or more");
        }
        if (shared != null && tier != Tier.CHECKPOINT) {
            throw new IllegalArgumentException("runyard.supervisor.waiting.shared is for what is stored: say"
                    + " runyard.supervisor.waiting.tier=checkpoint, or leave it out");
        }
    }

    /// Where what is stored lies for all supervisors of a worker group.
    ///
    /// @param folder absolute path of a folder on the machine of each engine, the same storage on all of them
    /// @param image image with `cp`, of which containers are made that carry what is stored from there to a folder
    /// of the engine; they are root there, so it must be one that the operator trusts, never a task's
    public record Shared(@Nullable String folder, @Nullable String image) {
        public Shared {
            if (folder == null || !folder.startsWith("/") || folder.contains(":")) {
                throw new IllegalArgumentException("runyard.supervisor.waiting.shared.folder must be an absolute path"
                        + " without a colon on the engine's machine, but is " + folder);
            }
            if (image == null || image.isBlank()) {
                throw new IllegalArgumentException("runyard.supervisor.waiting.shared.image must name an image with cp"
                        + " that you trust, for example that of this supervisor");
            }
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
