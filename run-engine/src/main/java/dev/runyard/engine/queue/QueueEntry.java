package dev.runyard.engine.queue;

import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.RunId;

/// A run in the queue, addressed by its version: applying an entry late or twice does no harm.
///
/// @param key its queue
/// @param workerQueue where it waits for a worker
/// @param runId the run
/// @param version the version that put it there, or that took it out
/// @param score its place
public record QueueEntry(QueueKey key, String workerQueue, RunId runId, int version, long score) {
    public static QueueEntry of(RunState state) {
        return new QueueEntry(QueueKey.of(state), state.workerQueue(), state.runId(), state.version(), state.score());
    }

    /// The same entry at another version.
    public QueueEntry at(int otherVersion) {
        return new QueueEntry(key, workerQueue, runId, otherVersion, score);
    }
}
