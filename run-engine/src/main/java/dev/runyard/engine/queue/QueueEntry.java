package dev.runyard.engine.queue;

import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;

/// A run in the queue, addressed by its version: applying an entry late or twice does no harm.
///
/// @param key its queue
/// @param workerQueue where it waits for a worker
/// @param runId the run
/// @param version the version that put it there, or that took it out
/// @param score its place
/// @param lane for what it waits
public record QueueEntry(QueueKey key, String workerQueue, RunId runId, int version, long score, Lane lane) {
    /// An entry of a run that waits for a worker.
    public QueueEntry(QueueKey key, String workerQueue, RunId runId, int version, long score) {
        this(key, workerQueue, runId, version, score, Lane.START);
    }

    public static QueueEntry of(RunState state) {
        return new QueueEntry(
                QueueKey.of(state),
                state.workerQueue(),
                state.runId(),
                state.version(),
                state.score(),
                state.execution() == ExecutionStatus.QUEUED_EXECUTING ? Lane.RESUME : Lane.START);
    }

    /// The same entry at another version.
    public QueueEntry at(int otherVersion) {
        return new QueueEntry(key, workerQueue, runId, otherVersion, score, lane);
    }

    /// Who must hear that the run waits.
    public String wakes() {
        return lane == Lane.RESUME ? Lane.RESUME_QUEUE : workerQueue;
    }
}
