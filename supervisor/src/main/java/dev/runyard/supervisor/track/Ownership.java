package dev.runyard.supervisor.track;

import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.RunExecutionData;
import java.util.List;

/// Tells from a run's versions whether its workload still has it.
final class Ownership {
    private Ownership() {}

    /// Tells whether a version means that the workload started by the given hand-over has lost the run: it ended, went
    /// back to a queue, or was handed out again.
    static boolean isLostAt(ExecutionSnapshot snapshot, SnapshotId dispatch) {
        return switch (snapshot.executionStatus()) {
            case FINISHED, QUEUED, DELAYED, RUN_CREATED, SUSPENDED -> true;
            // A workload sees its run pending once, at its own start. A later time belongs to another workload.
            case PENDING_EXECUTING -> snapshot.friendlyId().version() > dispatch.version();
            case EXECUTING, EXECUTING_WITH_WAITPOINTS, QUEUED_EXECUTING, PENDING_CANCEL -> false;
        };
    }

    static boolean isLostIn(List<RunExecutionData> history, SnapshotId dispatch) {
        return history.stream().anyMatch(version -> isLostAt(version.snapshot(), dispatch));
    }

    /// Tells whether the run waits for its workload to confirm that it was canceled.
    static boolean isCanceled(ExecutionStatus status) {
        return status == ExecutionStatus.PENDING_CANCEL;
    }
}
