package dev.runyard.engine.attempt;

import dev.runyard.engine.EngineConfig;
import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.lifecycle.RunResult;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.read.RunQueries;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets a runner that holds a run start its next attempt.
public final class StartAttempt {
    private final RunQueries queries;
    private final RunLifecycle lifecycle;
    private final EngineMetrics metrics;
    private final EngineConfig config;
    private final InstantSource clock;

    public StartAttempt(
            RunQueries queries,
            RunLifecycle lifecycle,
            EngineMetrics metrics,
            EngineConfig config,
            InstantSource clock) {
        this.queries = queries;
        this.lifecycle = lifecycle;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
    }

    public StartOutcome start(RunId runId, SnapshotId snapshot, @Nullable String runner) {
        Optional<RunQueries.Startable> found = queries.startable(runId);
        if (found.isEmpty()) {
            return new StartOutcome.Unknown();
        }
        RunState state = found.get().state();
        if (state.version() != snapshot.version()) {
            return answerOther(found.get(), snapshot, runner);
        }
        if (!isStartable(state)) {
            return new StartOutcome.NotStartable(state);
        }
        if (state.attempt() >= config.maxAttempts()) {
            return giveUp(state);
        }
        return lifecycle
                .apply(change(state, runner))
                .<StartOutcome>map(
                        after -> new StartOutcome.Started(after, found.get().detail()))
                .orElseGet(() -> start(runId, snapshot, runner));
    }

    private static boolean isStartable(RunState state) {
        boolean betweenAttempts =
                state.execution() == ExecutionStatus.EXECUTING && state.status() == RunStatus.RETRYING_AFTER_FAILURE;
        boolean startsAnew = state.execution() == ExecutionStatus.PENDING_EXECUTING && state.checkpoint() == null;
        return startsAnew || betweenAttempts;
    }

    /// The reply to an earlier try of the same runner may have been lost: it gets the same answer again.
    private StartOutcome answerOther(RunQueries.Startable found, SnapshotId snapshot, @Nullable String runner) {
        RunState state = found.state();
        boolean sameCall = state.lastEvent() == RunEvent.ATTEMPT_STARTED
                && state.version() == snapshot.version() + 1
                && runner != null
                && Objects.equals(state.runner(), runner);
        if (sameCall) {
            return new StartOutcome.Started(state, found.detail());
        }
        metrics.refusedStale("start");
        boolean over = state.isFinished() || state.execution() == ExecutionStatus.PENDING_CANCEL;
        return over ? new StartOutcome.NotStartable(state) : new StartOutcome.Stale(state);
    }

    private RunChange change(RunState state, @Nullable String runner) {
        Instant now = clock.instant();
        RunState after = state.toBuilder()
                .at(ExecutionStatus.EXECUTING, RunStatus.EXECUTING)
                .statusReason(null)
                .attempt(state.attempt() + 1)
                .dispatches(0)
                .runner(runner)
                .attemptStartedAt(now)
                .leaseUntil(now.plus(config.executionTimeout()))
                .build();
        Integer seconds = state.maxDurationSeconds();
        Timer limit = seconds == null
                ? null
                : new Timer(
                        Timer.Kind.MAX_DURATION,
                        state.runId(),
                        now.plus(Duration.ofSeconds(seconds)).plus(config.maxDurationGrace()));
        return RunChange.of(state, RunEvent.ATTEMPT_STARTED, after).arming(limit);
    }

    private StartOutcome giveUp(RunState state) {
        TaskRunError error = TaskRunError.Internal.of(
                InternalErrorCode.TASK_RUN_CRASHED,
                "The run reached the limit of " + config.maxAttempts() + " attempts.");
        RunState after =
                state.toBuilder().finished(RunStatus.CRASHED, clock.instant()).build();
        return new StartOutcome.NotStartable(lifecycle
                .apply(RunChange.of(state, RunEvent.GIVEN_UP, after).withResult(RunResult.failure(error)))
                .orElse(state));
    }
}
