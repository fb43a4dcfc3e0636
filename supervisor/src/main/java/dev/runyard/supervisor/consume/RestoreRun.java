package dev.runyard.supervisor.consume;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.config.WaitingProperties;
import dev.runyard.supervisor.platform.PlatformException;
import dev.runyard.supervisor.track.AdoptWorkloads;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.ReportExit;
import dev.runyard.supervisor.track.StoredRuns;
import dev.runyard.supervisor.workload.Checkpoints;
import dev.runyard.supervisor.workload.StartOutcome;
import dev.runyard.supervisor.workload.StoredProcess;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadManager;
import dev.runyard.supervisor.workload.WorkloadSpec;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
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
    private final Semaphore parallel;

    public RestoreRun(
            Dependencies dependencies,
            WorkloadManager workloads,
            Capacity capacity,
            AdoptWorkloads.Kept kept,
            ReportExit reportExit,
            WaitingProperties settings) {
        this.parallel = new Semaphore(settings.parallel(), true);
        this.dependencies = dependencies;
        this.workloads = workloads;
        this.capacity = capacity;
        this.kept = kept;
        this.reportExit = reportExit;
    }

    /// What is to be there again.
    ///
    /// @param spec its container by its old name, where it has to be made anew
    private record Stored(WorkloadSpec spec, StoredRuns.Restorable what) {
        Workload workload() {
            return spec.workload();
        }

        boolean isShared() {
            return what.isShared();
        }
    }

    /// Returns whether the run had a stored process. Then everything is done, one way or another.
    ///
    /// @param wanted what would be started if it had not
    boolean restore(DequeuedMessage message, WorkloadSpec wanted) throws InterruptedException {
        Checkpoint checkpoint = message.checkpoint();
        if (checkpoint == null) {
            return false;
        }
        Workload workload = wanted.workload();
        Optional<StoredRuns.Restorable> found = kept.stored().find(workload.run(), checkpoint);
        if (found.isEmpty() && leaveToItsOwner(message, checkpoint, workload)) {
            return true;
        }
        return kept.stored().exclusively(workload.run(), () -> {
            if (found.isPresent()) {
                restore(message, wanted, found.get());
            } else {
                giveUp(message, workload);
            }
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

    /// Ends the attempt of a run whose process nobody restored who could have.
    private void giveUp(DequeuedMessage message, Workload workload) {
        register(workload, message);
        var lost = new StartOutcome.Unavailable(
                "The process of the waiting run was stored by another supervisor, which did not take it.");
        try {
            learn(message, workload);
            reportExit.neverRestored(workload.runner(), lost);
        } catch (PlatformException e) {
            log.warn("cannot give up what was stored of {}: {}", workload.run(), e.getMessage());
            dependencies.registry().remove(workload.runner());
            capacity.release(workload.runner());
        }
    }

    private void restore(DequeuedMessage message, WorkloadSpec wanted, StoredRuns.Restorable what)
            throws InterruptedException {
        Stored stored = new Stored(wanted.named(what.process().runner()), what);
        Workload workload = stored.workload();
        capacity.rename(wanted.runner(), workload.runner());
        register(workload, message);
        Optional<String> unwritten = note(stored);
        if (unwritten.isPresent()) {
            putOff(stored, unwritten.get());
            return;
        }
        kept.stored().forget(workload.run());
        StartOutcome outcome;
        try (KeepLease _ = KeepLease.of(message, dependencies)) {
            outcome = restore(stored);
        }
        obstacle(stored, outcome)
                .ifPresentOrElse(reason -> putOff(stored, reason), () -> tryGoOn(message, stored, outcome));
    }

    /// Returns why what is stored is not lost though it could not be restored: the engine is away, or another machine
    /// may be able to do it.
    private Optional<String> obstacle(Stored stored, StartOutcome outcome) {
        if (!(outcome instanceof StartOutcome.Unavailable(var reason))) {
            return Optional.empty();
        }
        StoredProcess process = stored.what().process();
        boolean othersMay = stored.isShared() && handOutsSince(process.run(), process.snapshot()) <= CHANCES;
        return workloads.obstacle().or(() -> othersMay ? Optional.of(reason) : Optional.empty());
    }

    private void tryGoOn(DequeuedMessage message, Stored stored, StartOutcome outcome) {
        try {
            goOn(message, stored, outcome);
        } catch (PlatformException e) {
            lose(stored, e);
        }
    }

    /// Notes whose the workload is now; returns why that is impossible.
    private Optional<String> note(Stored stored) {
        Workload workload = stored.workload();
        try {
            // The token names the run that the workload was first made for, which may be an earlier one.
            RunId startedFor = stored.what()
                    .startedFor()
                    .orElseGet(() -> kept.assignments().startedFor(workload));
            kept.assignments().assign(startedFor, workload);
            return Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// Gives the run back, which keeps what is stored of it: what hinders its restore now is no fault of either.
    private void putOff(Stored stored, String obstacle) {
        keep(stored);
        reportExit.neverStarted(stored.workload().runner(), new StartOutcome.Unavailable(obstacle));
    }

    private void keep(Stored stored) {
        Workload workload = stored.workload();
        if (stored.isShared()) {
            kept.assignments().forget(workload.runner());
        } else {
            kept.stored().keep(workload.run(), workload.runner());
        }
    }

    private StartOutcome restore(Stored stored) throws InterruptedException {
        Optional<Checkpoints> checkpoints = workloads.checkpoints();
        if (checkpoints.isEmpty()) {
            return new StartOutcome.Unavailable("This supervisor no longer stores processes.");
        }
        parallel.acquire();
        try {
            return checkpoints.get().restore(stored.spec(), stored.what().process());
        } finally {
            parallel.release();
        }
    }

    /// A process that could not be restored had the run all the same, so its attempt is what fails.
    private void goOn(DequeuedMessage message, Stored stored, StartOutcome outcome) {
        Workload workload = stored.workload();
        learn(message, workload);
        if (outcome instanceof StartOutcome.Started) {
            Duration took =
                    Duration.between(message.dequeuedAt(), dependencies.clock().instant());
            dependencies.metrics().restored(took);
            log.info(
                    "restored {} for {} ({} ms after it was taken)",
                    workload.runner(),
                    workload.run(),
                    took.toMillis());
        } else {
            reportExit.neverRestored(workload.runner(), outcome);
        }
        if (stored.isShared()) {
            workloads
                    .checkpoints()
                    .ifPresent(checkpoints -> checkpoints.drop(stored.what().process()));
        }
    }

    private void learn(DequeuedMessage message, Workload workload) {
        ExecutionSnapshot now = dependencies
                .platform()
                .continueRun(workload.run(), message.snapshot().friendlyId(), workload.runner());
        dependencies.registry().learn(workload.run(), now);
    }

    /// Nobody gave this process the run. Where nobody could be asked, the run comes again, and what is stored is kept.
    private void lose(Stored stored, PlatformException cause) {
        Workload workload = stored.workload();
        log.warn("{} was restored in vain: {}", workload.runner(), cause.getMessage());
        dependencies.registry().remove(workload.runner());
        capacity.release(workload.runner());
        if (cause.isRetryable()) {
            workloads.checkpoints().ifPresent(checkpoints -> checkpoints.end(workload.runner()));
            keep(stored);
        } else {
            workloads.discard(workload.runner());
            kept.assignments().forget(workload.runner());
        }
    }
}
