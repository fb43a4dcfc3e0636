package dev.runyard.engine.attempt;

import dev.runyard.engine.EngineConfig;
import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunResult;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateBuilder;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Makes the change that ends an attempt; applying it is the caller's.
public final class EndAttempt {
    /// Most milliseconds that a run can have used: the largest number that every reader of JSON reads exactly.
    static final long MAX_USAGE_MS = (1L << 53) - 1;

    private final EngineConfig config;
    private final InstantSource clock;

    public EndAttempt(EngineConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    RunChange success(RunState state, Completion completion) {
        RunState after = withUsage(state, completion.usage())
                .finished(RunStatus.COMPLETED_SUCCESSFULLY, clock.instant())
                .statusReason(null)
                .build();
        return RunChange.of(state, RunEvent.SUCCEEDED, after)
                .withResult(RunResult.success(completion.output(), completion.outputType()));
    }

    /// Ends an attempt that ran and failed.
    RunChange failure(RunState state, TaskRunError error, Completion completion) {
        if (isCancellation(error)) {
            return canceled(state, error, completion.usage());
        }
        RunStateBuilder after = withUsage(state, completion.usage());
        RetryDecision.Failure failure = RetryDecision.Failure.of(error, completion);
        return switch (RetryDecision.decide(state, failure, context())) {
            case RetryDecision.GiveUp end -> finish(state, after, end.status(), error, RunEvent.FAILED);
            case RetryDecision.OnWorker retry ->
                RunChange.of(
                                state,
                                RunEvent.RETRY_ON_WORKER,
                                after.withoutWaits()
                                        .at(ExecutionStatus.EXECUTING, RunStatus.RETRYING_AFTER_FAILURE)
                                        .leaseUntil(retry.at().plus(config.executionTimeout()))
                                        .build())
                        .withError(error);
            case RetryDecision.Queued retry ->
                requeue(state, after.machine(retry.machine()), retry.at(), RunEvent.RETRY_QUEUED)
                        .withError(error);
        };
    }

    /// Ends a hand-out that never became an attempt, or the pause between two attempts.
    RunChange failureBetweenAttempts(RunState state, TaskRunError error) {
        if (isCancellation(error)) {
            return canceled(state, error, null);
        }
        InternalErrorCode code = error instanceof TaskRunError.Internal internal ? internal.code() : null;
        if (code != null && code.retry() == InternalErrorCode.Retry.NEVER) {
            return finish(state, state.toBuilder(), code.runStatus(), error, RunEvent.FAILED);
        }
        if (state.dispatches() >= config.maxDispatches()) {
            return finish(
                    state,
                    state.toBuilder(),
                    RunStatus.SYSTEM_FAILURE,
                    TaskRunError.Internal.of(
                            InternalErrorCode.TASK_RUN_DEQUEUED_MAX_RETRIES,
                            "The run was handed out " + state.dispatches()
                                    + " times and never started. The last failure was: " + error.summary()),
                    RunEvent.FAILED);
        }
        RunStateBuilder after = state.toBuilder();
        if (OutOfMemory.caused(error)) {
            RetryDecision.largerMachine(state).ifPresent(after::machine);
        }
        Duration backOff = Duration.ofSeconds(Math.min(60, 1L << Math.min(6, state.dispatches())));
        return requeue(state, after, clock.instant().plus(backOff), RunEvent.RETRY_QUEUED)
                .withError(error);
    }

    /// Takes an attempt from a worker that is lost. In development nobody wants a surprise restart: the run ends.
    ///
    /// @param error which lease was missed; settings may say that silence means being out of memory
    public RunChange lost(RunState state, TaskRunError error, boolean isDevelopment) {
        RunStateBuilder after = withUsage(state, null);
        if (isDevelopment) {
            return finish(state, after, RunStatus.CANCELED, error, RunEvent.GIVEN_UP);
        }
        if (config.attempts().stallsAreOutOfMemory()) {
            return outOfMemory(state, after, error);
        }
        if (RetryDecision.hasAttemptsLeft(state, config)) {
            Instant at = clock.instant().plus(config.stalledRetryDelay());
            return requeue(state, after, at, RunEvent.RECOVERED).withError(error);
        }
        return finish(state, after, RunStatus.COMPLETED_WITH_ERRORS, error, RunEvent.GIVEN_UP);
    }

    private RunChange outOfMemory(RunState state, RunStateBuilder after, TaskRunError stall) {
        TaskRunError error = TaskRunError.Internal.of(
                InternalErrorCode.TASK_PROCESS_OOM_KILLED, "Out of memory? " + stall.summary());
        return switch (RetryDecision.decide(state, RetryDecision.Failure.found(error), context())) {
            case RetryDecision.Queued retry ->
                requeue(state, after.machine(retry.machine()), retry.at(), RunEvent.RECOVERED)
                        .withError(error);
            case RetryDecision.GiveUp end -> finish(state, after, end.status(), error, RunEvent.GIVEN_UP);
            case RetryDecision.OnWorker _ -> throw new IllegalStateException("a lost worker cannot repeat " + state);
        };
    }

    /// Ends an attempt that ran longer than it may.
    public RunChange timedOut(RunState state, TaskRunError error) {
        return finish(state, withUsage(state, null), RunStatus.TIMED_OUT, error, RunEvent.GIVEN_UP);
    }

    /// Ends a run that was never started although it was handed out again and again.
    public RunChange neverStarted(RunState state, TaskRunError error) {
        return finish(state, state.toBuilder(), RunStatus.SYSTEM_FAILURE, error, RunEvent.GIVEN_UP);
    }

    /// Ends a run that its worker stopped, or should have stopped by now, and after it what it triggered.
    ///
    /// @param usage what the worker says it used, absent where it says nothing
    public RunChange canceled(RunState state, TaskRunError error, Completion.@Nullable Usage usage) {
        RunStateBuilder after = withUsage(state, usage);
        if (state.execution() != ExecutionStatus.PENDING_CANCEL) {
            after.statusReason(error.summary());
        }
        return finish(state, after, RunStatus.CANCELED, error, RunEvent.CANCELED)
                .arming(new Timer(Timer.Kind.CANCEL_CHILDREN, state.runId(), clock.instant()));
    }

    private static boolean isCancellation(TaskRunError error) {
        return error instanceof TaskRunError.Internal internal
                && internal.code() == InternalErrorCode.TASK_RUN_CANCELLED;
    }

    private RetryDecision.Context context() {
        return new RetryDecision.Context(config, clock.instant(), ThreadLocalRandom.current());
    }

    private RunChange finish(
            RunState state, RunStateBuilder after, RunStatus status, TaskRunError error, RunEvent event) {
        RunState finished = after.finished(status, clock.instant()).build();
        return RunChange.of(state, event, finished).withResult(RunResult.failure(error));
    }

    private RunChange requeue(RunState state, RunStateBuilder after, Instant at, RunEvent event) {
        // A run that was not restored yet keeps what it would have gone on from.
        RunStateBuilder kept = state.execution() == ExecutionStatus.PENDING_EXECUTING ? after : after.withoutWaits();
        RunState queued = kept.withoutWorker()
                .at(ExecutionStatus.QUEUED, RunStatus.PENDING)
                .notBefore(at)
                .build();
        return RunChange.of(state, event, queued).arming(new Timer(Timer.Kind.RETRY, state.runId(), at));
    }

    private RunStateBuilder withUsage(RunState state, Completion.@Nullable Usage usage) {
        Instant startedAt = state.attemptStartedAt();
        Instant end = state.waitingSince() == null ? clock.instant() : state.waitingSince();
        long measured = startedAt == null
                ? 0
                : Math.max(0, Duration.between(startedAt, end).toMillis());
        boolean ran = state.status() == RunStatus.EXECUTING && state.execution() != ExecutionStatus.PENDING_CANCEL;
        long used = usage != null ? Math.max(0, usage.durationMs()) : ran ? measured : 0;
        return state.toBuilder().usageMs(state.usageMs() + Math.min(used, MAX_USAGE_MS - state.usageMs()));
    }
}
