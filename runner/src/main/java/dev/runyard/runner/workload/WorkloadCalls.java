package dev.runyard.runner.workload;

import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.protocol.worker.StartAttemptResponse;
import java.util.List;

/** Single calls for one run, to whoever holds it: a supervisor for its runners, the server for other workers. */
public interface WorkloadCalls {
    /** Starts the next attempt. */
    StartAttemptResponse start(SnapshotId snapshot) throws WorkloadException, InterruptedException;

    /** Reports how the attempt ended. */
    CompleteAttemptResponse complete(SnapshotId snapshot, Completion completion)
            throws WorkloadException, InterruptedException;

    /** Renews the lease of the run. */
    void heartbeat(SnapshotId snapshot) throws WorkloadException, InterruptedException;

    /** Returns what happened to the run since a version, oldest first. */
    List<RunExecutionData> since(SnapshotId snapshot) throws WorkloadException, InterruptedException;
}
