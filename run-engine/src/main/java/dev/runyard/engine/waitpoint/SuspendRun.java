package dev.runyard.engine.waitpoint;

import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.run.RunCheckpoint;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.util.Optional;

/// Takes the image of a waiting run's process. The version decides whether it or the end of the wait came
/// first: the image of a run that goes on is discarded.
final class SuspendRun {
    private final RunStateRepository states;
    private final RunLifecycle lifecycle;
    private final EngineMetrics metrics;

    SuspendRun(RunStateRepository states, RunLifecycle lifecycle, EngineMetrics metrics) {
        this.states = states;
        this.lifecycle = lifecycle;
        this.metrics = metrics;
    }

    SuspendOutcome suspend(RunId run, SnapshotId snapshot, RunCheckpoint checkpoint) {
        Optional<RunState> found = states.find(run);
        if (found.isEmpty()) {
            return new SuspendOutcome.Unknown();
        }
        RunState state = found.get();
        if (snapshot.version() != state.version()) {
            return discard("Not the latest snapshot");
        }
        if (state.execution() != ExecutionStatus.EXECUTING_WITH_WAITPOINTS) {
            return discard("The run is " + state.execution() + " and not checkpointable");
        }
        return lifecycle
                .apply(change(state, checkpoint))
                .<SuspendOutcome>map(SuspendOutcome.Suspended::new)
                .orElseGet(() -> suspend(run, snapshot, checkpoint));
    }

    private static RunChange change(RunState state, RunCheckpoint checkpoint) {
        RunState after = state.toBuilder()
                .withoutWorker()
                .checkpoint(checkpoint)
                .at(ExecutionStatus.SUSPENDED, RunStatus.WAITING_TO_RESUME)
                .build();
        return RunChange.of(state, RunEvent.CHECKPOINTED, after);
    }

    private SuspendOutcome discard(String reason) {
        metrics.refusedStale("suspend");
        return new SuspendOutcome.Discarded(reason);
    }
}
