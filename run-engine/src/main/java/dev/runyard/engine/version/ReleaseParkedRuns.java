package dev.runyard.engine.version;

import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateBuilder;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Queues the runs that waited for a version which is there now, each at its old place; one whose delay is
/// not over goes back to its delay. The ttl counts anew: what the run waited for was not a worker.
public final class ReleaseParkedRuns {
    private static final int BATCH = 200;

    private final ParkedRunRepository parkedRuns;
    private final WorkerVersions versions;
    private final RunLifecycle lifecycle;
    private final InstantSource clock;

    public ReleaseParkedRuns(
            ParkedRunRepository parkedRuns, WorkerVersions versions, RunLifecycle lifecycle, InstantSource clock) {
        this.parkedRuns = parkedRuns;
        this.versions = versions;
        this.lifecycle = lifecycle;
        this.clock = clock;
    }

    /// Releases what can go on in an environment; returns how many runs that were.
    public int release(EnvironmentId environment) {
        int released = 0;
        RunId last = new RunId(new UUID(0, 0));
        List<ParkedRunRepository.Parked> parked;
        do {
            parked = parkedRuns.find(environment, last, BATCH);
            for (ParkedRunRepository.Parked run : parked) {
                released += release(run) ? 1 : 0;
                last = run.state().runId();
            }
        } while (parked.size() == BATCH);
        return released;
    }

    /// Releases what can go on anywhere: a run may have been parked while its version was being deployed.
    public void sweep() {
        parkedRuns.findEnvironments().forEach(this::release);
    }

    boolean release(ParkedRunRepository.Parked parked) {
        RunState state = parked.state();
        String externalId = parked.externalDeploymentId();
        if (externalId != null && ParkDeadline.holds(state)) {
            return versions.findByExternalId(state.environmentId(), externalId)
                    .flatMap(version -> lifecycle.apply(change(
                            state,
                            state.toBuilder().workerVersionId(version.id()).build())))
                    .isPresent();
        }
        return hasVersion(state) && lifecycle.apply(change(state, state)).isPresent();
    }

    private boolean hasVersion(RunState state) {
        Optional<WorkerVersion> version = state.workerVersionId() == null
                ? versions.current(state.environmentId())
                : versions.find(state.workerVersionId());
        return version.flatMap(found -> found.task(state.taskId())).isPresent();
    }

    private RunChange change(RunState state, RunState pinned) {
        RunStateBuilder after = pinned.toBuilder().statusReason(null);
        Instant now = clock.instant();
        Instant delayUntil = state.delayUntil();
        Timer timer = null;
        if (delayUntil != null && delayUntil.isAfter(now)) {
            after.at(ExecutionStatus.DELAYED, RunStatus.DELAYED);
            timer = new Timer(Timer.Kind.DELAY, state.runId(), delayUntil);
        } else {
            after.at(ExecutionStatus.QUEUED, RunStatus.PENDING);
            if (state.ttlSeconds() != null && state.startedAt() == null) {
                timer = new Timer(Timer.Kind.TTL, state.runId(), now.plus(Duration.ofSeconds(state.ttlSeconds())));
            }
        }
        return RunChange.of(state, RunEvent.VERSION_ARRIVED, after.build())
                .arming(timer)
                .disarming(Timer.Kind.PARK);
    }
}
