package dev.runyard.engine.version;

import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Queues the runs that waited for a version which is now the current one, each at its old place.
public final class ReleaseParkedRuns {
    private static final int BATCH = 200;

    private final RunStateRepository states;
    private final WorkerVersions versions;
    private final RunLifecycle lifecycle;

    public ReleaseParkedRuns(RunStateRepository states, WorkerVersions versions, RunLifecycle lifecycle) {
        this.states = states;
        this.versions = versions;
        this.lifecycle = lifecycle;
    }

    public int release(EnvironmentId environment) {
        Optional<WorkerVersion> current = versions.current(environment);
        if (current.isEmpty()) {
            return 0;
        }
        int released = 0;
        RunId last = new RunId(new UUID(0, 0));
        List<RunState> parked;
        do {
            parked = states.findParked(environment, BATCH, last);
            for (RunState state : parked) {
                released += release(state, current.get()) ? 1 : 0;
                last = state.runId();
            }
        } while (parked.size() == BATCH);
        return released;
    }

    private boolean release(RunState state, WorkerVersion current) {
        Optional<WorkerVersion> version =
                state.workerVersionId() == null ? Optional.of(current) : versions.find(state.workerVersionId());
        boolean hasTask = version.flatMap(found -> found.task(state.taskId())).isPresent();
        return hasTask
                && lifecycle
                        .apply(RunChange.of(
                                state,
                                RunEvent.VERSION_ARRIVED,
                                state.toBuilder()
                                        .at(ExecutionStatus.QUEUED, RunStatus.PENDING)
                                        .statusReason(null)
                                        .build()))
                        .isPresent();
    }
}
