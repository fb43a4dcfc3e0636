package dev.runyard.engine.recovery;

import dev.runyard.engine.EngineConfig;
import dev.runyard.engine.attempt.EndAttempt;
import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// Finds runs whose worker missed its lease and takes them from it.
///
/// Leases that ended before the last look are looked for now and then only. Nearly all of them are dead index entries,
/// and where a transaction that stays open keeps them from being removed, reading them all at each look would cost more
/// than the runs themselves.
public final class RecoverLapsedRuns {
    private static final int BATCH = 100;
    private static final Duration LOOK_AT_ALL = Duration.ofMinutes(1);
    /// A lease is written before its transaction commits, so one that ended a little earlier may show up late.
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final RunStateRepository states;
    private final Environments environments;
    private final EndAttempt endAttempt;
    private final RunLifecycle lifecycle;
    private final LeaseGrace grace;
    private final EngineConfig config;
    private final InstantSource clock;
    private Instant lookedUntil = Instant.EPOCH;
    private Instant lookedAtAll = Instant.EPOCH;

    public RecoverLapsedRuns(
            RunStateRepository states,
            Environments environments,
            EndAttempt endAttempt,
            RunLifecycle lifecycle,
            LeaseGrace grace,
            EngineConfig config,
            InstantSource clock) {
        this.states = states;
        this.environments = environments;
        this.endAttempt = endAttempt;
        this.lifecycle = lifecycle;
        this.grace = grace;
        this.config = config;
        this.clock = clock;
    }

    /// Recovers what lapsed; returns how many runs that were.
    public int recover() {
        int recovered = 0;
        Instant begin = clock.instant();
        Instant from = beginOf(begin);
        List<RunState> lapsed;
        do {
            lapsed = states.findLapsed(from, clock.instant(), BATCH);
            if (!grace.isOver()) {
                grace.looked();
                return recovered;
            }
            grace.looked();
            for (RunState state : lapsed) {
                recovered += lifecycle.apply(decide(state)).isPresent() ? 1 : 0;
            }
        } while (lapsed.size() == BATCH);
        lookedUntil = begin;
        lookedAtAll = from.equals(Instant.EPOCH) ? begin : lookedAtAll;
        return recovered;
    }

    /// A clock that was set back is a reason to look at all, too.
    private Instant beginOf(Instant now) {
        boolean isEnough = !now.isBefore(lookedUntil) && now.isBefore(lookedAtAll.plus(LOOK_AT_ALL));
        return isEnough ? lookedUntil.minus(OVERLAP) : Instant.EPOCH;
    }

    private RunChange decide(RunState state) {
        return switch (state.execution()) {
            case PENDING_EXECUTING -> notStarted(state);
            case PENDING_CANCEL ->
                endAttempt.canceled(
                        state,
                        TaskRunError.Internal.of(
                                InternalErrorCode.TASK_RUN_CANCELLED,
                                Objects.requireNonNullElse(state.statusReason(), "The run was canceled.")),
                        null);
            default -> stalled(state);
        };
    }

    private RunChange stalled(RunState state) {
        boolean development = environments
                .find(state.environmentId())
                .map(EnvironmentSettings::isDevelopment)
                .orElse(false);
        TaskRunError error = TaskRunError.Internal.of(
                state.execution() == ExecutionStatus.EXECUTING
                        ? InternalErrorCode.TASK_RUN_STALLED_EXECUTING
                        : InternalErrorCode.TASK_RUN_STALLED_EXECUTING_WITH_WAITPOINTS,
                "No heartbeat came from worker %s for %d s."
                        .formatted(state.worker(), config.executionTimeout().toSeconds()));
        return endAttempt.lost(state, error, development);
    }

    private RunChange notStarted(RunState state) {
        if (state.dispatches() >= config.maxDispatches()) {
            return endAttempt.neverStarted(
                    state,
                    TaskRunError.Internal.of(
                            InternalErrorCode.TASK_RUN_DEQUEUED_MAX_RETRIES,
                            "The run was handed out " + state.dispatches()
                                    + " times and no worker started it. The last one was " + state.worker() + "."));
        }
        RunState after = state.toBuilder()
                .withoutWorker()
                .at(ExecutionStatus.QUEUED, RunStatus.PENDING)
                .build();
        return RunChange.of(state, RunEvent.DISPATCH_LAPSED, after);
    }
}
