package dev.runyard.engine.recovery;

import dev.runyard.engine.EngineConfig;
import dev.runyard.engine.attempt.EndAttempt;
import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerHandler;
import dev.runyard.engine.ttl.ExpireRun;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
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
            case TTL -> ExpireRun.decide(state, clock.instant());
            case RETRY -> retry(state);
            case MAX_DURATION -> timeOut(state);
            case WAITPOINT, BATCH_SEAL, CANCEL_CHILDREN, SCHEDULE, PARK ->
                throw new IllegalArgumentException("not fired here: " + timer);
        };
    }

    private Optional<RunChange> endDelay(RunState state) {
        Instant until = state.delayUntil();
        // A reschedule moved the timer; this one is of the time before.
        if (state.execution() != ExecutionStatus.DELAYED || (until != null && until.isAfter(clock.instant()))) {
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
