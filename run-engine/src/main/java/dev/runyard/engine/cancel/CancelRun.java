package dev.runyard.engine.cancel;

import dev.runyard.engine.EngineConfig;
import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.lifecycle.RunResult;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Cancels a run and what it triggered: at once where no worker has it; else its worker gets a moment to stop it, and
/// then it ends all the same.
///
/// A run that its worker must stop keeps its slot until the worker confirms or its lease ends: until then its process
/// may still run, and a limit of one means one process. Children are canceled by a timer of this very statement.
public final class CancelRun {
    private final RunStateRepository states;
    private final RunLifecycle lifecycle;
    private final RunChanges changes;
    private final EngineConfig config;
    private final InstantSource clock;

    public CancelRun(
            RunStateRepository states,
            RunLifecycle lifecycle,
            RunChanges changes,
            EngineConfig config,
            InstantSource clock) {
        this.states = states;
        this.lifecycle = lifecycle;
        this.changes = changes;
        this.config = config;
        this.clock = clock;
    }

    /// Cancels a run. Asking again for one that its worker was told to stop tells the worker again, for it may not have
    /// heard; the moment that it has does not begin anew.
    ///
    /// @param reason the sentence that people read, also at the runs that it triggered
    public CancelOutcome cancel(EnvironmentId environment, RunId runId, String reason) {
        Optional<RunState> found =
                states.find(runId).filter(state -> state.environmentId().equals(environment));
        if (found.isEmpty()) {
            return new CancelOutcome.Unknown();
        }
        RunState state = found.get();
        if (state.isFinished()) {
            return new CancelOutcome.AlreadyFinished(state);
        }
        if (state.execution() == ExecutionStatus.PENDING_CANCEL) {
            changes.publish(new RunChanged(environment, runId, state.version(), state.status()));
            return new CancelOutcome.Canceled(state);
        }
        // Who has a lease has a process, also while it waits without a slot.
        return lifecycle
                .apply(state.leaseUntil() != null ? request(state, reason) : end(state, reason))
                .<CancelOutcome>map(CancelOutcome.Canceled::new)
                .orElseGet(() -> cancel(environment, runId, reason));
    }

    private RunChange request(RunState state, String reason) {
        Instant deadline = clock.instant().plus(config.cancelTimeout());
        RunState after = state.toBuilder()
                .withoutWaits()
                .at(ExecutionStatus.PENDING_CANCEL, state.status())
                .statusReason(reason)
                .leaseUntil(deadline)
                .build();
        return RunChange.of(state, RunEvent.CANCEL_REQUESTED, after).arming(cancelChildren(state));
    }

    private RunChange end(RunState state, String reason) {
        RunState after = state.toBuilder()
                .finished(RunStatus.CANCELED, clock.instant())
                .statusReason(reason)
                .build();
        TaskRunError error = TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_CANCELLED, reason);
        return RunChange.of(state, RunEvent.CANCELED, after)
                .withResult(RunResult.failure(error))
                .arming(cancelChildren(state));
    }

    private Timer cancelChildren(RunState state) {
        return new Timer(Timer.Kind.CANCEL_CHILDREN, state.runId(), clock.instant());
    }
}
