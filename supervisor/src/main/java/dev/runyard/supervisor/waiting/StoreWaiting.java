package dev.runyard.supervisor.waiting;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.config.WaitingProperties;
import dev.runyard.supervisor.pace.Backoff;
import dev.runyard.supervisor.platform.PlatformException;
import dev.runyard.supervisor.track.AdoptWorkloads;
import dev.runyard.supervisor.track.Assignments;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.StoredRuns;
import dev.runyard.supervisor.track.TrackedRun;
import dev.runyard.supervisor.workload.Checkpoints;
import dev.runyard.supervisor.workload.StoredProcess;
import dev.runyard.supervisor.workload.WorkloadManager;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores the process of a run that waits, and ends it.
///
/// The order matters: the process is stored and goes on; then the webapp says, by the run's version, whether the run
/// still waits; only then is the process ended. Until the webapp has agreed, the run has the old process and loses
/// nothing, and afterwards it has none until it is restored.
public final class StoreWaiting {
    private static final Logger log = LoggerFactory.getLogger(StoreWaiting.class);

    /// A connection that happens to be open is closed a little later.
    private static final int TRIES = 5;

    private static final Duration PAUSE = Duration.ofMillis(1_300);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

    private final Dependencies dependencies;
    private final WorkloadManager workloads;
    private final Capacity capacity;
    private final Semaphore parallel;
    private final Assignments assignments;
    private final StoredRuns stored;

    public StoreWaiting(
            Dependencies dependencies,
            WorkloadManager workloads,
            Capacity capacity,
            AdoptWorkloads.Kept kept,
            WaitingProperties settings) {
        this.parallel = new Semaphore(settings.parallel(), true);
        this.dependencies = dependencies;
        this.workloads = workloads;
        this.capacity = capacity;
        this.assignments = kept.assignments();
        this.stored = kept.stored();
    }

    /// Stores a workload.
    ///
    /// @return why it could not be stored, a sentence; empty also where its run went on meanwhile
    Optional<String> store(TrackedRun run) throws InterruptedException {
        Optional<Checkpoints> checkpoints = workloads.checkpoints();
        if (checkpoints.isEmpty()) {
            return Optional.of("workloads of this kind cannot be stored.");
        }
        return stored.exclusively(run.run(), () -> store(run, checkpoints.get()));
    }

    /// Removes what was stored of runs that nobody will restore: they were canceled, or go on elsewhere.
    void sweep() throws InterruptedException {
        sweepOwn();
        workloads.checkpoints().filter(Checkpoints::areShared).ifPresent(this::sweepShared);
    }

    /// A run that is not known here may be another worker group's, or another installation's.
    private void sweepShared(Checkpoints checkpoints) {
        for (StoredProcess process : checkpoints.shared()) {
            dependencies
                    .platform()
                    .latest(process.run())
                    .filter(latest -> !stored.isAwaited(process, latest))
                    .ifPresent(_ -> {
                        log.info("removing what was stored of {} as {}", process.run(), process.snapshot());
                        checkpoints.drop(process);
                    });
        }
    }

    private void sweepOwn() throws InterruptedException {
        for (var entry : stored.all().entrySet()) {
            stored.exclusively(entry.getKey(), () -> {
                if (entry.getValue().equals(stored.all().get(entry.getKey()))
                        && isAbandoned(entry.getKey(), entry.getValue())) {
                    log.info("removing what was stored of {}", entry.getKey());
                    stored.forget(entry.getKey());
                    workloads.discard(entry.getValue());
                }
                return true;
            });
        }
    }

    private boolean isAbandoned(RunId run, String runner) {
        return dependencies
                .platform()
                .latest(run)
                .filter(latest -> stored.isKept(run, runner, latest))
                .isEmpty();
    }

    private Optional<String> store(TrackedRun run, Checkpoints checkpoints) throws InterruptedException {
        Optional<String> failure = dump(run, checkpoints);
        if (failure.isPresent()) {
            return failure;
        }
        if (dependencies.registry().suspending(run) && isSuspended(run)) {
            checkpoints.end(run.runner());
            if (checkpoints.areShared()) {
                assignments.forget(run.runner());
            } else {
                stored.keep(run.run(), run.runner());
            }
            dependencies.registry().remove(run.runner());
            capacity.release(run.runner());
            dependencies.metrics().suspended();
            log.info("{} is stored and ended while {} waits", run.runner(), run.run());
        } else {
            dependencies.registry().goOn(run.runner());
            checkpoints.drop(process(run));
            log.info("{} goes on: the wait of {} ended while it was stored", run.runner(), run.run());
        }
        return Optional.empty();
    }

    private Optional<String> dump(TrackedRun run, Checkpoints checkpoints) throws InterruptedException {
        Optional<String> failure = dumpInTurn(run, checkpoints);
        for (int tries = 1; failure.isPresent() && tries < TRIES && stillWaits(run); tries++) {
            dependencies.pacer().pause(PAUSE);
            failure = dumpInTurn(run, checkpoints);
        }
        return failure;
    }

    private Optional<String> dumpInTurn(TrackedRun run, Checkpoints checkpoints) throws InterruptedException {
        parallel.acquire();
        try {
            return checkpoints.store(process(run));
        } finally {
            parallel.release();
        }
    }

    private static StoredProcess process(TrackedRun run) {
        return new StoredProcess(run.run(), run.runner(), run.snapshot());
    }

    private boolean stillWaits(TrackedRun run) {
        return dependencies.registry().find(run.runner()).filter(run::equals).isPresent();
    }

    /// Asks until there is an answer: what the webapp did not say yes to may still have been done.
    private boolean isSuspended(TrackedRun run) throws InterruptedException {
        Checkpoint made = stored.describe(run, assignments.startedFor(run.workload()));
        for (int failures = 1; ; failures++) {
            try {
                dependencies.platform().suspend(run.run(), run.snapshot(), made);
                return true;
            } catch (PlatformException e) {
                Optional<Boolean> known = e.isRetryable() ? Optional.empty() : isTaken(run, made);
                if (known.isPresent()) {
                    return known.get();
                }
                dependencies.pacer().pause(BACKOFF.after(failures));
            }
        }
    }

    private Optional<Boolean> isTaken(TrackedRun run, Checkpoint made) {
        try {
            Optional<RunExecutionData> latest = dependencies.platform().latest(run.run());
            return Optional.of(
                    latest.filter(version -> stored.isTaken(made, version)).isPresent());
        } catch (PlatformException e) {
            return e.isRetryable() ? Optional.empty() : Optional.of(false);
        }
    }
}
