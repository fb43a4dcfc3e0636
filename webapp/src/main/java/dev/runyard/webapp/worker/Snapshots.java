package dev.runyard.webapp.worker;

import dev.runyard.engine.read.TransitionView;
import dev.runyard.engine.run.RunCheckpoint;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.waitpoint.WaitpointQueries;
import dev.runyard.protocol.id.Ids;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.protocol.worker.RunMetadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run's versions in the words of the worker contract.
final class Snapshots {
    private Snapshots() {}

    static ExecutionSnapshot snapshotOf(RunState state) {
        return new ExecutionSnapshot(
                state.snapshotId(),
                state.snapshotId(),
                state.execution(),
                state.lastEvent().description(),
                state.updatedAt());
    }

    static RunMetadata metadataOf(RunState state) {
        return new RunMetadata(state.runId().body(), state.runId(), state.status(), attemptOrNull(state.attempt()));
    }

    static RunExecutionData executionOf(RunState state) {
        return RunExecutionData.of(snapshotOf(state), metadataOf(state)).with(checkpointOf(state.checkpoint()));
    }

    static @Nullable Checkpoint checkpointOf(@Nullable RunCheckpoint checkpoint) {
        if (checkpoint == null) {
            return null;
        }
        String id = Ids.encode(checkpoint.id());
        return new Checkpoint(
                id,
                "checkpoint_" + id,
                checkpoint.type(),
                checkpoint.location(),
                checkpoint.imageRef(),
                checkpoint.reason());
    }

    static RunExecutionData executionOf(RunId run, TransitionView transition) {
        SnapshotId id = new SnapshotId(transition.version());
        return RunExecutionData.of(
                new ExecutionSnapshot(
                        id, id, transition.execution(), transition.event().description(), transition.at()),
                new RunMetadata(run.body(), run, transition.status(), attemptOrNull(transition.attempt())));
    }

    /// Only the newest version carries what the run got from a wait.
    static List<RunExecutionData> executionsOf(WaitpointQueries.Snapshots snapshots) {
        RunId run = snapshots.newest().runId();
        List<RunExecutionData> all = new ArrayList<>(snapshots.transitions().stream()
                .map(transition -> executionOf(run, transition))
                .toList());
        if (!all.isEmpty()) {
            all.add(all.removeLast().with(CompletedWaitpoints.of(snapshots.completedWaits())));
        }
        return all;
    }

    private static @Nullable Integer attemptOrNull(int attempt) {
        return attempt == 0 ? null : attempt;
    }
}
