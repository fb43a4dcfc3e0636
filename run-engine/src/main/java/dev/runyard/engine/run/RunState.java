package dev.runyard.engine.run;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The operational state of a run: one row, whose version is the fencing token of everyone who acts on the run.
///
/// The row also is the run's queue entry and its slot. It is queued for a worker exactly while
/// [#isReady()], and holds a slot of its queue and environment exactly while [#slotHeld()]; no second row
/// can disagree with it.
///
/// @param runId the run
/// @param environmentId where it belongs
/// @param taskId its task
/// @param version 1 at first, one more with every transition
/// @param lastEvent what made this version
/// @param execution where it stands in the engine
/// @param status what users see
/// @param statusReason why it waits or ended, where the status alone does not say it
/// @param queue its queue
/// @param concurrencyKey its copy of the queue
/// @param workerQueue where it waits for a worker
/// @param score its place in the queue, unix milliseconds less its priority
/// @param notBefore when a queued run may start, absent where it may now
/// @param slotHeld whether it counts against concurrency limits
/// @param attempt number of the newest attempt, 0 before the first
/// @param dispatches hand-outs since an attempt last started
/// @param workerVersionId version that it is locked to
/// @param machine its size
/// @param maxAttempts most attempts
/// @param maxDurationSeconds longest execution
/// @param retry retry settings, fixed at the first claim so that a later deployment does not change them
/// @param ttlSeconds longest wait for the first start
/// @param worker supervisor that has or had it
/// @param runner runner that has or had it
/// @param leaseUntil when its worker is given up
/// @param delayUntil not before this
/// @param startedAt first hand-out
/// @param attemptStartedAt start of the newest attempt
/// @param completedAt end
/// @param usageMs execution time of all attempts
/// @param updatedAt last transition
/// @param awaited whether a run or a batch waits for its end
/// @param pendingWaits for how many waitpoints it still waits
/// @param waitRound number of its newest wait, 0 before the first; outputs belong to a round
/// @param waitingSince since when its attempt does not execute because it waits
/// @param checkpoint from where it goes on when it is handed out again, absent where it starts an attempt
public record RunState(
        RunId runId,
        EnvironmentId environmentId,
        String taskId,
        int version,
        RunEvent lastEvent,
        ExecutionStatus execution,
        RunStatus status,
        @Nullable String statusReason,
        String queue,
        @Nullable String concurrencyKey,
        String workerQueue,
        long score,
        @Nullable Instant notBefore,
        boolean slotHeld,
        int attempt,
        int dispatches,
        @Nullable WorkerVersionId workerVersionId,
        @Nullable MachinePreset machine,
        @Nullable Integer maxAttempts,
        @Nullable Integer maxDurationSeconds,
        @Nullable RetryOptions retry,
        @Nullable Integer ttlSeconds,
        @Nullable String worker,
        @Nullable String runner,
        @Nullable Instant leaseUntil,
        @Nullable Instant delayUntil,
        @Nullable Instant startedAt,
        @Nullable Instant attemptStartedAt,
        @Nullable Instant completedAt,
        long usageMs,
        Instant updatedAt,
        boolean awaited,
        int pendingWaits,
        int waitRound,
        @Nullable Instant waitingSince,
        @Nullable RunCheckpoint checkpoint) {

    /// Returns the version in the form that workers carry.
    public SnapshotId snapshotId() {
        return new SnapshotId(version);
    }

    /// Tells whether the run stands in its queue: for a worker, or for a slot in which its process goes on.
    public boolean isReady() {
        return (execution == ExecutionStatus.QUEUED || execution == ExecutionStatus.QUEUED_EXECUTING)
                && notBefore == null;
    }

    /// Tells whether the run waits for something that is not there yet.
    public boolean isWaiting() {
        return execution == ExecutionStatus.EXECUTING_WITH_WAITPOINTS || execution == ExecutionStatus.SUSPENDED;
    }

    /// Tells whether the run ended.
    public boolean isFinished() {
        return execution == ExecutionStatus.FINISHED;
    }

    /// Starts a changed copy.
    public RunStateBuilder toBuilder() {
        return new RunStateBuilder(this);
    }
}
