package dev.runyard.supervisor.waiting;

import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.supervisor.config.WaitingProperties;
import dev.runyard.supervisor.pace.Backoff;
import dev.runyard.supervisor.pace.ServiceLoop;
import dev.runyard.supervisor.platform.PlatformException;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.TrackedRun;
import dev.runyard.supervisor.workload.Rest;
import dev.runyard.supervisor.workload.WorkloadManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets workloads rest whose runs have waited for a while.
///
/// A workload that rests or is being stored cannot show that it lives, so this extends the lease of its run. It is
/// woken by any news of its run, and asks for them itself then: nothing is handed to it, so nothing can be lost
/// between the two.
public final class RestWaiting {
    private static final Logger log = LoggerFactory.getLogger(RestWaiting.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    /// Well below the time after which the webapp takes a run back.
    private static final Duration LEASE_PERIOD = Duration.ofSeconds(10);

    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    private final Dependencies dependencies;
    private final WorkloadManager workloads;
    private final StoreWaiting storing;
    private final WaitingProperties settings;
    private final Backoff retries;
    private final ServiceLoop loop;
    private Instant sweptAt = Instant.EPOCH;
    private final ExecutorService wakes = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Wait> waits = new ConcurrentHashMap<>();

    /// @param snapshot the version with which the run waits
    /// @param leaseAt when the run's lease was last extended
    /// @param phase what was done about it
    /// @param failures how often it could not be stored
    /// @param dueAt when it is to be laid to rest, for the first time or again
    private record Wait(SnapshotId snapshot, Instant leaseAt, Phase phase, int failures, Instant dueAt) {
        Wait in(Phase next) {
            return new Wait(snapshot, leaseAt, next, failures, dueAt);
        }

        Wait extended(Instant at) {
            return new Wait(snapshot, at, phase, failures, dueAt);
        }

        Wait failed(Instant again) {
            return new Wait(snapshot, leaseAt, Phase.AWAKE, failures + 1, again);
        }
    }

    private enum Phase {
        AWAKE,
        RESTING,
        /// It is being stored. If that succeeds, the run has no workload any more.
        STORING
    }

    public RestWaiting(
            Dependencies dependencies, WorkloadManager workloads, StoreWaiting storing, WaitingProperties settings) {
        this.dependencies = dependencies;
        this.storing = storing;
        this.workloads = workloads;
        this.settings = settings;
        this.retries = new Backoff(settings.retry(), LONGEST_RETRY);
        this.loop = new ServiceLoop("waiting", dependencies.pacer(), this::look);
    }

    public void start() {
        if (settings.tier() != WaitingProperties.Tier.KEEP) {
            dependencies.registry().listen(run -> wakes.execute(() -> wakeIfChanged(run)));
            loop.start();
        }
    }

    /// Stops. Whoever rests is woken, because nobody would extend its lease.
    public void stop() {
        loop.stop(Duration.ZERO);
        waits.forEach((runner, wait) -> wake(runner, wait));
        wakes.shutdown();
    }

    /// Returns how many workloads rest.
    public long resting() {
        return waits.values().stream()
                .filter(wait -> wait.phase() == Phase.RESTING)
                .count();
    }

    private void look() throws InterruptedException {
        List<TrackedRun> waiting = dependencies.registry().all().stream()
                .filter(run -> (run.phase() == TrackedRun.Phase.ACTIVE || run.phase() == TrackedRun.Phase.SUSPENDING)
                        && run.status() == ExecutionStatus.EXECUTING_WITH_WAITPOINTS)
                .toList();
        List<String> runners = waiting.stream().map(TrackedRun::runner).toList();
        waits.forEach((runner, wait) -> {
            if (!runners.contains(runner)) {
                wake(runner, wait);
            }
        });
        waiting.forEach(this::attend);
        sweep();
        dependencies.pacer().pause(LOOK);
    }

    private void sweep() throws InterruptedException {
        Instant now = dependencies.clock().instant();
        if (Duration.between(sweptAt, now).compareTo(settings.sweepInterval()) >= 0) {
            sweptAt = now;
            storing.sweep();
        }
    }

    private void attend(TrackedRun run) {
        Instant now = dependencies.clock().instant();
        wakeIfChanged(run);
        Wait wait = waits.computeIfAbsent(
                run.runner(), _ -> new Wait(run.snapshot(), now, Phase.AWAKE, 0, now.plus(settings.threshold())));
        // What is frozen because it could not be stored is tried again as well.
        boolean mayBegin = wait.phase() == Phase.AWAKE
                || wait.phase() == Phase.RESTING && settings.tier() == WaitingProperties.Tier.CHECKPOINT;
        if (mayBegin && !now.isBefore(wait.dueAt())) {
            begin(run, wait);
        } else if (wait.phase() != Phase.AWAKE
                && Duration.between(wait.leaseAt(), now).compareTo(LEASE_PERIOD) >= 0) {
            extendLease(run, wait, now);
        }
    }

    private void begin(TrackedRun run, Wait wait) {
        if (settings.tier() == WaitingProperties.Tier.FREEZE) {
            if (rest(run, later(wait)) instanceof Rest.Impossible(var reason) && wait.failures() == 0) {
                wakes.execute(() -> tell(run, reason));
            }
            return;
        }
        Wait storage = wait.in(Phase.STORING);
        waits.put(run.runner(), storage);
        wakes.execute(() -> {
            if (wait.phase() == Phase.RESTING) {
                workloads.wake(run.runner());
            }
            store(run, storage);
        });
    }

    private void store(TrackedRun run, Wait storage) {
        try {
            Optional<String> failure = storing.store(run);
            Wait again = later(storage);
            boolean waitsOn = endStorage(run.runner(), storage, failure.isPresent() ? again : null);
            if (failure.isEmpty() || !waitsOn) {
                return;
            }
            log.info("{} cannot be stored while {} waits: {}", run.runner(), run.run(), failure.get());
            String instead = instead(run, again);
            if (storage.failures() == 0) {
                tell(run, failure.get().replaceFirst("\\.?\\s*$", ". ") + instead);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("cannot store {}", run.runner(), e);
            endStorage(run.runner(), storage, later(storage));
        }
    }

    /// Notes what the wait is after it was being stored, nothing where it is over; returns whether it still was.
    private boolean endStorage(String runner, Wait storage, @Nullable Wait next) {
        // Its lease may have been extended meanwhile.
        Wait now = waits.computeIfPresent(
                runner, (_, known) -> known.extended(storage.leaseAt()).equals(storage) ? next : known);
        return Objects.equals(now, next);
    }

    /// Returns a wait that could not be laid to rest, to be tried again: an engine under load may fail for once.
    private Wait later(Wait wait) {
        Instant again = dependencies.clock().instant().plus(retries.after(wait.failures() + 1));
        return wait.failed(again);
    }

    /// Does what is to be done with a workload that cannot be stored, and returns a sentence on that.
    private String instead(TrackedRun run, Wait again) {
        if (settings.fallback() == WaitingProperties.Tier.KEEP) {
            return "It stays as it is.";
        }
        return switch (rest(run, again)) {
            case Rest.Frozen _ -> "It is frozen instead and keeps its memory.";
            case Rest.Impossible(var reason) -> "It is not frozen either: " + reason;
        };
    }

    /// Says on the run why it keeps its process, once a wait.
    private void tell(TrackedRun run, String reason) {
        try {
            dependencies.platform().notStored(run.run(), run.snapshot(), reason);
        } catch (PlatformException e) {
            log.warn("cannot tell why {} keeps its process: {}", run.run(), e.getMessage());
        }
    }

    /// @param wait what the wait is where that fails
    private Rest rest(TrackedRun run, Wait wait) {
        waits.put(run.runner(), wait.in(Phase.RESTING));
        extendLease(run, wait.in(Phase.RESTING), dependencies.clock().instant());
        Rest rest = workloads.rest(run.runner());
        switch (rest) {
            case Rest.Frozen _ -> log.info("{} is frozen while {} waits", run.runner(), run.run());
            case Rest.Impossible(var reason) -> {
                log.info("{} stays as it is while {} waits: {}", run.runner(), run.run(), reason);
                waits.replace(run.runner(), wait);
            }
        }
        // The run may have gone on meanwhile, when there was nobody to wake yet.
        boolean stillWaits = dependencies
                .registry()
                .find(run.runner())
                .filter(now -> now.snapshot().equals(wait.snapshot()))
                .isPresent();
        if (!stillWaits) {
            waits.remove(run.runner());
            workloads.wake(run.runner());
        }
        return rest;
    }

    private void extendLease(TrackedRun run, Wait wait, Instant now) {
        try {
            dependencies.platform().extendLease(run.run(), run.snapshot());
            waits.computeIfPresent(run.runner(), (_, known) -> known.extended(now));
        } catch (PlatformException e) {
            log.debug("cannot extend the lease of {} in {}", run.run(), wait.phase(), e);
        }
    }

    private void wakeIfChanged(TrackedRun run) {
        Optional.ofNullable(waits.get(run.runner()))
                .filter(wait -> !wait.snapshot().equals(run.snapshot()))
                .ifPresent(wait -> wake(run.runner(), wait));
    }

    private void wake(String runner, Wait wait) {
        if (!waits.remove(runner, wait)) {
            // Its lease was extended just now, or somebody else wakes it.
            Optional.ofNullable(waits.get(runner)).ifPresent(newer -> wake(runner, newer));
        } else if (wait.phase() == Phase.RESTING) {
            workloads.wake(runner);
            log.info("{} goes on", runner);
        }
    }
}
