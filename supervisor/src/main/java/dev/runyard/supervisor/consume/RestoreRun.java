package dev.runyard.supervisor.consume;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.platform.PlatformException;
import dev.runyard.supervisor.track.AdoptWorkloads;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.ReportExit;
import dev.runyard.supervisor.track.StoredRuns;
import dev.runyard.supervisor.workload.StartOutcome;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadManager;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a run go on from where its process was stored.
///
/// The restored process still waits and learns nothing before the webapp has given it the run again, so that one which
/// was restored in vain has done nothing.
public final class RestoreRun {
    private static final Logger log = LoggerFactory.getLogger(RestoreRun.class);

    /// Hand-outs after which a run is not left to its owner any more; with their growing delays, four minutes.
    private static final int CHANCES = 8;

    private final Dependencies dependencies;
    private final WorkloadManager workloads;
    private final Capacity capacity;
    private final AdoptWorkloads.Kept kept;
    private final ReportExit reportExit;

    public RestoreRun(
            Dependencies dependencies,
            WorkloadManager workloads,
            Capacity capacity,
            AdoptWorkloads.Kept kept,
            ReportExit reportExit) {
        this.dependencies = dependencies;
        this.workloads = workloads;
        this.capacity = capacity;
        this.kept = kept;
        this.reportExit = reportExit;
    }

    /// Returns whether the run had a stored process. Then everything is done, one way or another.
    boolean restore(DequeuedMessage message, Workload wanted) throws InterruptedException {
        Checkpoint checkpoint = message.checkpoint();
        if (checkpoint == null) {
            return false;
        }
        Optional<String> runner = kept.stored().runnerOf(checkpoint);
        if (runner.isEmpty() && leaveToItsOwner(message, checkpoint, wanted)) {
            return true;
        }
        return kept.stored().exclusively(wanted.run(), () -> {
            restore(message, named(wanted, runner.orElse(wanted.runner())), wanted, runner.isPresent());
            return true;
        });
    }

    /// Gives a run back that another supervisor can restore, which may be handed it the next time; returns false where
    /// that one had its chance.
    private boolean leaveToItsOwner(DequeuedMessage message, Checkpoint checkpoint, Workload wanted) {
        Optional<StoredRuns.Foreign> owner = kept.stored()
                .foreign(checkpoint)
                .filter(foreign -> handOutsSince(wanted.run(), foreign.snapshot()) <= CHANCES);
        owner.ifPresent(foreign -> {
            register(wanted, message);
            reportExit.neverStarted(
                    wanted.runner(),
                    new StartOutcome.Unavailable("The process of the waiting run was stored by supervisor "
                            + foreign.supervisor() + ", which has to take it."));
        });
        return owner.isPresent();
    }

    private long handOutsSince(RunId run, SnapshotId stored) {
        return dependencies.platform().since(run, stored).stream()
                .filter(version -> version.snapshot().executionStatus() == ExecutionStatus.PENDING_EXECUTING)
                .count();
    }

    private void register(Workload workload, DequeuedMessage message) {
        dependencies
                .registry()
                .register(
                        workload,
                        message.snapshot().friendlyId(),
                        message.snapshot().executionStatus());
    }

    private void restore(DequeuedMessage message, Workload workload, Workload wanted, boolean isOurs) {
        capacity.rename(wanted.runner(), workload.runner());
        register(workload, message);
        Optional<String> unwritten = note(workload);
        if (unwritten.isPresent()) {
            putOff(workload, unwritten.get());
            return;
        }
        kept.stored().forget(wanted.run());
        StartOutcome outcome;
        try (KeepLease _ = KeepLease.of(message, dependencies)) {
            outcome = isOurs
                    ? restore(workload.runner())
                    : new StartOutcome.Unavailable(
                            "The process of the waiting run was stored by another supervisor, which did not take it.");
        }
        Optional<String> obstacle =
                outcome instanceof StartOutcome.Started || !isOurs ? Optional.empty() : workloads.obstacle();
        obstacle.ifPresentOrElse(reason -> putOff(workload, reason), () -> tryGoOn(message, workload, outcome));
    }

    private void tryGoOn(DequeuedMessage message, Workload workload, StartOutcome outcome) {
        try {
            goOn(message, workload, outcome);
        } catch (PlatformException e) {
            lose(workload, e);
        }
    }

    /// Notes whose the workload is now; returns why that is impossible.
    private Optional<String> note(Workload workload) {
        try {
            // The token names the run that the workload was first made for, which may be an earlier one.
            kept.assignments().assign(kept.assignments().startedFor(workload), workload);
            return Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// Gives the run back, which keeps what is stored of it: what hinders its restore now is no fault of either.
    private void putOff(Workload workload, String obstacle) {
        kept.stored().keep(workload.run(), workload.runner());
        reportExit.neverStarted(workload.runner(), new StartOutcome.Unavailable(obstacle));
    }

    private StartOutcome restore(String runner) {
        return workloads
                .checkpoints()
                .map(checkpoints -> checkpoints.restore(runner))
                .orElseGet(() -> new StartOutcome.Unavailable("This supervisor no longer stores processes."));
    }

    /// A process that could not be restored had the run all the same, so its attempt is what fails.
    private void goOn(DequeuedMessage message, Workload workload, StartOutcome outcome) {
        ExecutionSnapshot now = dependencies
                .platform()
                .continueRun(workload.run(), message.snapshot().friendlyId(), workload.runner());
        if (outcome instanceof StartOutcome.Started) {
            Duration took =
                    Duration.between(message.dequeuedAt(), dependencies.clock().instant());
            dependencies.metrics().restored(took);
            log.info(
                    "restored {} for {} ({} ms after it was taken)",
                    workload.runner(),
                    workload.run(),
                    took.toMillis());
            dependencies.registry().learn(workload.run(), now);
        } else {
            dependencies.registry().learn(workload.run(), now);
            reportExit.neverRestored(workload.runner(), outcome);
        }
    }

    /// Nobody gave this process the run. Where nobody could be asked, the run comes again, and what is stored is kept.
    private void lose(Workload workload, PlatformException cause) {
        log.warn("{} was restored in vain: {}", workload.runner(), cause.getMessage());
        dependencies.registry().remove(workload.runner());
        capacity.release(workload.runner());
        if (cause.isRetryable()) {
            workloads.checkpoints().ifPresent(checkpoints -> checkpoints.end(workload.runner()));
            kept.stored().keep(workload.run(), workload.runner());
        } else {
            workloads.discard(workload.runner());
            kept.assignments().forget(workload.runner());
        }
    }

    private static Workload named(Workload wanted, String runner) {
        return new Workload(
                runner,
                wanted.run(),
                wanted.dispatch(),
                wanted.environment(),
                wanted.deployment(),
                wanted.machine(),
                wanted.startedAt());
    }
}
