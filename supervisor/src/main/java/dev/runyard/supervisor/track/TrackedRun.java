package dev.runyard.supervisor.track;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.supervisor.workload.Workload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run that this supervisor started a workload for.
///
/// @param workload the workload
/// @param phase whether the supervisor still answers for the run
/// @param snapshot the newest version of the run that the supervisor knows
/// @param status where the run stands in that version
/// @param attemptStartedAt when the runner started its current attempt; absent before the first
public record TrackedRun(
        Workload workload,
        Phase phase,
        SnapshotId snapshot,
        ExecutionStatus status,
        @Nullable Instant attemptStartedAt) {

    /// Whether the supervisor still answers for a run.
    public enum Phase {
        /// If the workload dies now, the supervisor must say so.
        ACTIVE,
        /// Its process is stored, and the webapp is asked whether the run still waits.
        SUSPENDING,
        /// The runner ended the run, or its attempt for good. Its workload is about to end.
        COMPLETED,
        /// The run ended or went elsewhere without its workload. The workload must go.
        MOVED_ON
    }

    static TrackedRun of(Workload workload, SnapshotId snapshot, ExecutionStatus status) {
        return new TrackedRun(workload, Phase.ACTIVE, snapshot, status, null);
    }

    public String runner() {
        return workload.runner();
    }

    public RunId run() {
        return workload.run();
    }

    /// Tells whether the workload may still do something useful.
    public boolean isWanted() {
        return phase == Phase.COMPLETED || (isActive() && !Ownership.isCanceled(status));
    }

    boolean isActive() {
        return phase == Phase.ACTIVE;
    }

    TrackedRun at(ExecutionSnapshot newer) {
        return new TrackedRun(workload, phase, newer.friendlyId(), newer.executionStatus(), attemptStartedAt);
    }

    TrackedRun in(Phase next) {
        return new TrackedRun(workload, next, snapshot, status, attemptStartedAt);
    }

    TrackedRun attemptStarted(Instant at) {
        return new TrackedRun(workload, phase, snapshot, status, at);
    }
}
