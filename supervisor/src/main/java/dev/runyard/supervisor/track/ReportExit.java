package dev.runyard.supervisor.track;

import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.pace.Backoff;
import dev.runyard.supervisor.pace.Pacer;
import dev.runyard.supervisor.platform.PlatformClient;
import dev.runyard.supervisor.platform.PlatformException;
import dev.runyard.supervisor.workload.ExitListener;
import dev.runyard.supervisor.workload.StartOutcome;
import dev.runyard.supervisor.workload.WorkloadExit;
import dev.runyard.supervisor.workload.WorkloadManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Speaks for workloads that cannot speak any more: ends their attempts, then removes what is left of them.
///
/// The order matters. What a workload leaves is removed only after the report got through, so that a supervisor that
/// dies in between finds it again and reports it then. A report twice does no harm: the second carries a version that
/// is no longer the newest.
public final class ReportExit implements ExitListener {
    private static final Logger log = LoggerFactory.getLogger(ReportExit.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));

    /// By then the webapp has noticed by itself that nobody heartbeats for the run.
    private static final Duration GIVE_UP = Duration.ofMinutes(10);

    private final RunRegistry registry;
    private final PlatformClient platform;
    private final WorkloadManager workloads;
    private final Capacity capacity;
    private final SupervisorMetrics metrics;
    private final InstantSource clock;
    private final Pacer pacer;
    private final Assignments assignments;

    public ReportExit(
            Dependencies dependencies, WorkloadManager workloads, Capacity capacity, Assignments assignments) {
        this.assignments = assignments;
        this.registry = dependencies.registry();
        this.platform = dependencies.platform();
        this.metrics = dependencies.metrics();
        this.clock = dependencies.clock();
        this.pacer = dependencies.pacer();
        this.workloads = workloads;
        this.capacity = capacity;
    }

    @Override
    public void exited(String runner, WorkloadExit exit) {
        capacity.release(runner);
        Optional<TrackedRun> tracked = registry.find(runner);
        metrics.ended(exit.kind());
        tracked.filter(TrackedRun::isActive).ifPresent(run -> {
            DeathCertificate certificate = certificate(run, exit);
            log.warn(
                    "{} ended before its run {} was complete: {}",
                    runner,
                    run.run(),
                    certificate.error().message());
            report(run, certificate);
        });
        workloads.discard(runner);
        assignments.forget(runner);
        registry.remove(runner);
    }

    /// Ends the attempt of a run whose stored workload could not be restored; it is tried again from the beginning.
    public void neverRestored(String runner, StartOutcome outcome) {
        neverStarted(runner, outcome);
        workloads.discard(runner);
        assignments.forget(runner);
    }

    /// Ends the attempt of a run whose workload could not be started.
    public void neverStarted(String runner, StartOutcome outcome) {
        capacity.release(runner);
        Optional<DeathCertificate> certificate = switch (outcome) {
            case StartOutcome.Started _ -> Optional.empty();
            case StartOutcome.Refused refused ->
                Optional.of(DeathCertificate.neverStarted(
                        InternalErrorCode.COULD_NOT_FIND_EXECUTOR, refused.reason(), false));
            case StartOutcome.Unavailable unavailable ->
                Optional.of(
                        DeathCertificate.neverStarted(InternalErrorCode.TASK_RUN_CRASHED, unavailable.reason(), true));
        };
        certificate.ifPresent(cause -> registry.find(runner).ifPresent(run -> {
            log.warn(
                    "cannot start a workload for {}: {}",
                    run.run(),
                    cause.error().message());
            metrics.ended("not-started");
            report(run, cause);
        }));
        registry.remove(runner);
    }

    private static DeathCertificate certificate(TrackedRun run, WorkloadExit exit) {
        return Ownership.isCanceled(run.status())
                ? DeathCertificate.canceled()
                : DeathCertificate.of(exit, run.workload().machine());
    }

    private void report(TrackedRun run, DeathCertificate certificate) {
        Instant deadline = clock.instant().plus(GIVE_UP);
        Optional<TrackedRun> current = Optional.of(run);
        for (int failures = 1; current.isPresent() && clock.instant().isBefore(deadline); failures++) {
            try {
                current = tryReport(current.get(), certificate);
            } catch (PlatformException e) {
                if (!e.isRetryable()) {
                    log.error("the webapp refused the end of {}", run.run(), e);
                    return;
                }
                log.warn("cannot report the end of {} yet: {}", run.run(), e.getMessage());
                if (!pause(failures)) {
                    return;
                }
            }
        }
    }

    /// Reports once. Returns the run at a newer version where the report must be made again with that.
    private Optional<TrackedRun> tryReport(TrackedRun run, DeathCertificate certificate) {
        try {
            var result = platform.complete(run.run(), run.snapshot(), certificate.completion(run, clock.instant()));
            log.info("reported the end of {}: {}", run.run(), result.attemptStatus());
            return Optional.empty();
        } catch (PlatformException e) {
            if (e.isRetryable()) {
                throw e;
            }
            return newerVersion(run, e);
        }
    }

    /// A refused report was made with an old version. Another one is due only if the run is still this workload's.
    private Optional<TrackedRun> newerVersion(TrackedRun run, PlatformException refusal) {
        SnapshotId known = run.snapshot();
        List<RunExecutionData> newer = platform.since(run.run(), known);
        if (newer.isEmpty()) {
            throw refusal;
        }
        if (Ownership.isLostIn(newer, run.workload().dispatch())) {
            log.info("{} went on without its dead workload", run.run());
            return Optional.empty();
        }
        return Optional.of(run.at(newer.getLast().snapshot()));
    }

    private boolean pause(int failures) {
        try {
            pacer.pause(BACKOFF.after(failures));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
