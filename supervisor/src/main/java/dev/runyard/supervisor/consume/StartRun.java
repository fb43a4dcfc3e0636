package dev.runyard.supervisor.consume;

import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.platform.PlatformException;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.ReportExit;
import dev.runyard.supervisor.track.TrackedRun;
import dev.runyard.supervisor.workload.RunnerName;
import dev.runyard.supervisor.workload.StartOutcome;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadManager;
import dev.runyard.supervisor.workload.WorkloadSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the workload of a run that was handed to this supervisor.
public final class StartRun {
    private static final Logger log = LoggerFactory.getLogger(StartRun.class);

    private final Dependencies dependencies;
    private final WorkloadManager workloads;
    private final Capacity capacity;
    private final WorkloadEnvironment environment;
    private final ReportExit reportExit;
    private final StartWarm startWarm;
    private final RestoreRun restoreRun;

    public StartRun(Dependencies dependencies, Capacity capacity, WorkloadEnvironment environment, Exits exits) {
        this.dependencies = dependencies;
        this.capacity = capacity;
        this.environment = environment;
        this.workloads = exits.workloads();
        this.reportExit = exits.reportExit();
        this.startWarm = exits.startWarm();
        this.restoreRun = exits.restoreRun();
    }

    /// What starts workloads and who hears when that failed.
    public record Exits(WorkloadManager workloads, ReportExit reportExit, StartWarm startWarm, RestoreRun restoreRun) {}

    /// Returns why no run should be taken at present; empty where nothing speaks against it.
    Optional<String> obstacle() {
        return workloads.obstacle();
    }

    /// Starts the workload of an announced run, waiting for room where the run is larger than what is free.
    public void start(DequeuedMessage message) throws InterruptedException {
        String runner = RunnerName.of(message);
        if (!awaitRoom(message, runner)) {
            return;
        }
        Workload workload = workload(message, runner);
        boolean isStored = message.checkpoint() != null;
        if (isStored && restoreRun.restore(message, spec(message, workload)) || startWarm.start(message, workload)) {
            return;
        }
        startWarm.makeRoom();
        startCold(message, workload);
    }

    /// Gives a run back that was handed out but is not to start here. It comes again a little later.
    void giveBack(DequeuedMessage message, String reason) {
        Workload workload = workload(message, RunnerName.of(message));
        var snapshot = message.snapshot();
        dependencies.registry().register(workload, snapshot.friendlyId(), snapshot.executionStatus());
        reportExit.neverStarted(workload.runner(), new StartOutcome.Unavailable(reason));
    }

    private void startCold(DequeuedMessage message, Workload workload) {
        var snapshot = message.snapshot();
        dependencies
                .registry()
                .register(workload, snapshot.friendlyId(), snapshot.executionStatus())
                .ifPresent(this::clearAway);
        StartOutcome outcome;
        try (KeepLease _ = KeepLease.of(message, dependencies)) {
            outcome = tryStart(spec(message, workload));
        }
        if (outcome instanceof StartOutcome.Started) {
            noteStart(message, workload);
        } else {
            reportExit.neverStarted(workload.runner(), outcome);
        }
    }

    private void noteStart(DequeuedMessage message, Workload workload) {
        Duration took =
                Duration.between(message.dequeuedAt(), dependencies.clock().instant());
        dependencies.metrics().started(took);
        log.info("started {} for {} ({} ms after it was taken)", workload.runner(), workload.run(), took.toMillis());
        boolean isUnwanted = dependencies
                .registry()
                .find(workload.runner())
                .filter(run -> !run.isWanted())
                .isPresent();
        if (isUnwanted) {
            // The run was canceled or went elsewhere while its workload was being started.
            workloads.stop(workload.runner(), Duration.ZERO);
        }
    }

    private boolean awaitRoom(DequeuedMessage message, String runner) throws InterruptedException {
        while (!capacity.admit(runner, message.run().machine(), KeepLease.PERIOD)) {
            try {
                dependencies
                        .platform()
                        .extendLease(
                                message.run().friendlyId(), message.snapshot().friendlyId());
            } catch (PlatformException e) {
                if (!e.isRetryable()) {
                    log.info(
                            "giving {} up, which waited for room: {}",
                            message.run().friendlyId(),
                            e.getMessage());
                    return false;
                }
            }
        }
        return true;
    }

    /// The run was taken back from an earlier workload of ours. It must be dead before the run starts again.
    private void clearAway(TrackedRun former) {
        log.info("killing {}, whose run {} comes again", former.runner(), former.run());
        workloads.stop(former.runner(), Duration.ZERO);
    }

    private StartOutcome tryStart(WorkloadSpec spec) {
        try {
            return workloads.start(spec);
        } catch (RuntimeException e) {
            log.error("cannot start {}", spec.runner(), e);
            return new StartOutcome.Unavailable("The workload could not be started: " + e.getMessage());
        }
    }

    private WorkloadSpec spec(DequeuedMessage message, Workload workload) {
        String image = message.image();
        return new WorkloadSpec(
                workload,
                image == null ? "" : image,
                message.run().machine(),
                environment.of(message, workload.runner(), workload.startedAt()));
    }

    private Workload workload(DequeuedMessage message, String runner) {
        Instant now = dependencies.clock().instant();
        var deployment = message.deployment().friendlyId();
        return new Workload(
                runner,
                message.run().friendlyId(),
                message.snapshot().friendlyId(),
                message.environment().id(),
                deployment == null ? "" : deployment.toString(),
                message.run().machine().name(),
                now);
    }
}
