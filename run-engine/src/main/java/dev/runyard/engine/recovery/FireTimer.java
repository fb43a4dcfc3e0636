package dev.runyard.engine.recovery;

import dev.runyard.engine.EngineConfig;
import dev.runyard.engine.attempt.EndAttempt;
import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.lifecycle.RunResult;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerHandler;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.trigger.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Does what a timer is for, if the run still is where the timer expects it.
public final class FireTimer implements TimerHandler {
    private final RunStateRepository states;
    private final EndAttempt endAttempt;
    private final RunLifecycle lifecycle;
    private final EngineConfig config;
    private final InstantSource clock;

    public FireTimer(
            RunStateRepository states,
            EndAttempt endAttempt,
            RunLifecycle lifecycle,
            EngineConfig config,
            InstantSource clock) {
        this.states = states;
        this.endAttempt = endAttempt;
        this.lifecycle = lifecycle;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public boolean fire(Timer timer) {
        Optional<RunChange> change = states.find(new RunId(timer.subject())).flatMap(state -> decide(timer, state));
        if (change.isEmpty()) {
            return false;
        }
        // A run that moved on in between is decided on again.
        return lifecycle.apply(change.get().disarming(timer.kind())).isPresent() || fire(timer);
    }

    private Optional<RunChange> decide(Timer timer, RunState state) {
        return switch (timer.kind()) {
            case DELAY -> endDelay(state);
            case START -> start(state);
            case TTL -> expire(state);
            case RETRY -> retry(state);
            case MAX_DURATION -> timeOut(state);
            case WAITPOINT, BATCH_SEAL, CANCEL_CHILDREN, SCHEDULE ->
                throw new IllegalArgumentException("not fired here: " + timer);
        };
    }

    private Optional<RunChange> endDelay(RunState state) {
        if (state.execution() != ExecutionStatus.DELAYED) {
            return Optional.empty();
        }
        RunState after =
                state.toBuilder().at(ExecutionStatus.QUEUED, RunStatus.PENDING).build();
        return Optional.of(RunChange.of(state, RunEvent.DELAY_ENDED, after).arming(ttl(state)));
    }

    private @Nullable Timer ttl(RunState state) {
        return state.ttlSeconds() == null || state.startedAt() != null
                ? null
                : new Timer(
                        Timer.Kind.TTL, state.runId(), clock.instant().plus(Duration.ofSeconds(state.ttlSeconds())));
    }

    private Optional<RunChange> start(RunState state) {
        return isDue(state)
                ? Optional.of(RunChange.of(
                                state,
                                RunEvent.START_DUE,
                                state.toBuilder().notBefore(null).build())
                        .arming(ttl(state)))
                : Optional.empty();
    }

    private boolean isDue(RunState state) {
        Instant due = state.notBefore();
        return state.execution() == ExecutionStatus.QUEUED && due != null && !due.isAfter(clock.instant());
    }

    private Optional<RunChange> expire(RunState state) {
        boolean waits = state.execution() == ExecutionStatus.QUEUED || state.execution() == ExecutionStatus.RUN_CREATED;
        if (!waits || state.attempt() > 0 || state.startedAt() != null) {
            return Optional.empty();
        }
        int seconds = state.ttlSeconds() == null ? 0 : state.ttlSeconds();
        String reason =
                "The run was not started within its ttl of " + Durations.format(Duration.ofSeconds(seconds)) + ".";
        RunState after = state.toBuilder()
                .finished(RunStatus.EXPIRED, clock.instant())
                .statusReason(reason)
                .build();
        return Optional.of(RunChange.of(state, RunEvent.EXPIRED, after)
                .withResult(RunResult.failure(new TaskRunError.Text(reason))));
    }

    private Optional<RunChange> retry(RunState state) {
        if (!isDue(state)) {
            return Optional.empty();
        }
        return Optional.of(RunChange.of(
                state, RunEvent.RETRY_DUE, state.toBuilder().notBefore(null).build()));
    }

    private Optional<RunChange> timeOut(RunState state) {
        Instant startedAt = state.attemptStartedAt();
        Integer seconds = state.maxDurationSeconds();
        boolean runs = state.execution() == ExecutionStatus.EXECUTING && state.status() == RunStatus.EXECUTING;
        if (!runs || startedAt == null || seconds == null) {
            return Optional.empty();
        }
        Instant deadline = startedAt.plus(Duration.ofSeconds(seconds)).plus(config.maxDurationGrace());
        if (deadline.isAfter(clock.instant())) {
            return Optional.empty();
        }
        TaskRunError error = TaskRunError.Internal.of(
                InternalErrorCode.MAX_DURATION_EXCEEDED,
                "The attempt ran longer than its maxDuration of " + seconds + " s, and its worker did not end it.");
        return Optional.of(endAttempt.timedOut(state, error));
    }
}
