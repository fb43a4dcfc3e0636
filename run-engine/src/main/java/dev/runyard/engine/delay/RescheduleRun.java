package dev.runyard.engine.delay;

import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Moves the end of a delay, earlier or later, and the run's place in its queue with it.
///
/// The timer moves with the same statement, so a reschedule and the end of the old delay cannot both happen.
public final class RescheduleRun {
    private final RunStateRepository states;
    private final RunLifecycle lifecycle;
    private final InstantSource clock;

    public RescheduleRun(RunStateRepository states, RunLifecycle lifecycle, InstantSource clock) {
        this.states = states;
        this.lifecycle = lifecycle;
        this.clock = clock;
    }

    public RescheduleOutcome reschedule(EnvironmentId environment, RunId runId, Instant until) {
        Optional<RunState> found =
                states.find(runId).filter(state -> state.environmentId().equals(environment));
        if (found.isEmpty()) {
            return new RescheduleOutcome.Unknown();
        }
        RunState state = found.get();
        if (state.execution() != ExecutionStatus.DELAYED) {
            return new RescheduleOutcome.NotDelayed(state);
        }
        if (!until.isAfter(clock.instant())) {
            return new RescheduleOutcome.NotInFuture();
        }
        RunState after = state.toBuilder().delayedUntil(until).build();
        return lifecycle
                .apply(RunChange.of(state, RunEvent.RESCHEDULED, after)
                        .arming(new Timer(Timer.Kind.DELAY, runId, until)))
                .<RescheduleOutcome>map(RescheduleOutcome.Rescheduled::new)
                .orElseGet(() -> reschedule(environment, runId, until));
    }
}
