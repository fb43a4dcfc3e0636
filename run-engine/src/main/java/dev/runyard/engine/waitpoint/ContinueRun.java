package dev.runyard.engine.waitpoint;

import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets a restored process go on with its attempt.
final class ContinueRun {
    private final RunStateRepository states;
    private final RunLifecycle lifecycle;
    private final EngineMetrics metrics;
    private final Limits limits;
    private final InstantSource clock;

    /// Settings of the engine that matter here.
    ///
    /// @param executionTimeout how long a running attempt may stay without a heartbeat
    /// @param maxDurationGrace how much longer than its `maxDuration` a runner may report it itself
    public record Limits(Duration executionTimeout, Duration maxDurationGrace) {}

    ContinueRun(
            RunStateRepository states,
            RunLifecycle lifecycle,
            EngineMetrics metrics,
            Limits limits,
            InstantSource clock) {
        this.states = states;
        this.lifecycle = lifecycle;
        this.metrics = metrics;
        this.limits = limits;
        this.clock = clock;
    }

    ContinueOutcome goOn(RunId run, SnapshotId snapshot, @Nullable String runner) {
        Optional<RunState> found = states.find(run);
        if (found.isEmpty()) {
            return new ContinueOutcome.Unknown();
        }
        RunState state = found.get();
        if (snapshot.version() != state.version()) {
            return answerOther(state, snapshot, runner);
        }
        if (state.execution() != ExecutionStatus.PENDING_EXECUTING || state.checkpoint() == null) {
            return new ContinueOutcome.Refused(
                    "Run " + run + " is " + state.execution() + " and was not restored, so it cannot be continued");
        }
        return lifecycle
                .apply(change(state, runner))
                .<ContinueOutcome>map(ContinueOutcome.Continued::new)
                .orElseGet(() -> goOn(run, snapshot, runner));
    }

    /// The reply to an earlier try of the same runner may have been lost: it gets the same answer again.
    private ContinueOutcome answerOther(RunState state, SnapshotId snapshot, @Nullable String runner) {
        boolean sameCall = state.lastEvent() == RunEvent.CONTINUED
                && state.version() == snapshot.version() + 1
                && runner != null
                && runner.equals(state.runner());
        if (sameCall) {
            return new ContinueOutcome.Continued(state);
        }
        metrics.refusedStale("continue");
        return new ContinueOutcome.Refused("Snapshot ID doesn't match the latest snapshot");
    }

    private RunChange change(RunState state, @Nullable String runner) {
        Instant now = clock.instant();
        RunState after = state.toBuilder()
                .at(ExecutionStatus.EXECUTING, RunStatus.EXECUTING)
                .executingOn(now)
                .checkpoint(null)
                .dispatches(0)
                .runner(runner)
                .leaseUntil(now.plus(limits.executionTimeout()))
                .build();
        return RunChange.of(state, RunEvent.CONTINUED, after).arming(limit(after));
    }

    /// The attempt's limit counts from its start, which its waits move.
    private @Nullable Timer limit(RunState state) {
        Instant startedAt = state.attemptStartedAt();
        Integer seconds = state.maxDurationSeconds();
        return startedAt == null || seconds == null
                ? null
                : new Timer(
                        Timer.Kind.MAX_DURATION,
                        state.runId(),
                        startedAt.plus(Duration.ofSeconds(seconds)).plus(limits.maxDurationGrace()));
    }
}
