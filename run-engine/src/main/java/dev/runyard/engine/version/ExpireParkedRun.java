package dev.runyard.engine.version;

import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.lifecycle.RunResult;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerHandler;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Ends a run whose deployment did not come in time, unless it came at the last moment.
public final class ExpireParkedRun implements TimerHandler {
    private final ParkedRunRepository parkedRuns;
    private final ReleaseParkedRuns releaseParkedRuns;
    private final RunLifecycle lifecycle;
    private final ParkDeadline deadline;
    private final InstantSource clock;

    public ExpireParkedRun(
            ParkedRunRepository parkedRuns,
            ReleaseParkedRuns releaseParkedRuns,
            RunLifecycle lifecycle,
            ParkDeadline deadline,
            InstantSource clock) {
        this.parkedRuns = parkedRuns;
        this.releaseParkedRuns = releaseParkedRuns;
        this.lifecycle = lifecycle;
        this.deadline = deadline;
        this.clock = clock;
    }

    @Override
    public boolean fire(Timer timer) {
        Optional<ParkedRunRepository.Parked> found =
                parkedRuns.find(new RunId(timer.subject())).filter(run -> ParkDeadline.holds(run.state()));
        if (found.isEmpty() || hasTime(found.get().state())) {
            return false;
        }
        // A run that moved on in between is decided on again.
        return releaseParkedRuns.release(found.get())
                || lifecycle.apply(expire(found.get())).isPresent()
                || fire(timer);
    }

    /// A push of its debounce key moved the delay, and the timer with it: this one is of the time before.
    private boolean hasTime(RunState state) {
        Instant createdAt = TimeOrderedIds.instantOf(state.runId().value());
        return deadline.of(createdAt, state.delayUntil(), state.ttlSeconds()).isAfter(clock.instant());
    }

    private RunChange expire(ParkedRunRepository.Parked parked) {
        String sentence = "No deployment with the external id '" + parked.externalDeploymentId() + "' came in time.";
        RunState after = parked.state().toBuilder()
                .finished(RunStatus.EXPIRED, clock.instant())
                .statusReason(ParkDeadline.NOT_FOUND)
                .build();
        return RunChange.of(parked.state(), RunEvent.EXPIRED, after)
                .withResult(RunResult.failure(TaskRunError.Text.expired(sentence)))
                .disarming(Timer.Kind.PARK);
    }
}
