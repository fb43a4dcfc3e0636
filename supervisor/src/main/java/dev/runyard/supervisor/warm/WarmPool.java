package dev.runyard.supervisor.warm;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.config.WarmProperties;
import dev.runyard.supervisor.track.Assignments;
import dev.runyard.supervisor.track.RunRegistry;
import dev.runyard.supervisor.track.TrackedRun;
import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadManager;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Workloads that wait for another run. The one that waits for the shortest time is given a run first: its code is
/// the warmest.
///
/// A waiting workload holds no share of the machine's accounts, since it can be ended at any moment. Before another
/// workload is started that would need its memory, it is.
public final class WarmPool {
    private static final Logger log = LoggerFactory.getLogger(WarmPool.class);

    private final RunRegistry registry;
    private final Assignments assignments;
    private final Capacity capacity;
    private final WorkloadManager workloads;
    private final WarmProperties settings;
    private final Deque<Idle> idle = new ArrayDeque<>();

    /// What a workload can take: runs of the same code, environment and size.
    private record Kind(String environment, String deployment, MachinePreset machine) {
        static Kind of(Workload workload) {
            return new Kind(workload.environment(), workload.deployment(), workload.machine());
        }
    }

    /// @param workload what it was
    /// @param startedFor the run whose token it has
    /// @param offer the run that it is given, or nothing where it is to end
    private record Idle(Workload workload, RunId startedFor, CompletableFuture<Optional<DequeuedMessage>> offer) {}

    public WarmPool(
            RunRegistry registry,
            Assignments assignments,
            Capacity capacity,
            WorkloadManager workloads,
            WarmProperties settings) {
        this.registry = registry;
        this.assignments = assignments;
        this.capacity = capacity;
        this.workloads = workloads;
        this.settings = settings;
    }

    public boolean isOn() {
        return settings.isOn();
    }

    /// Returns how many workloads wait.
    public synchronized int size() {
        return idle.size();
    }

    /// Lets a workload whose run has ended wait for another one.
    ///
    /// @param startedFor the run whose token it showed
    /// @return the run, or nothing where the workload is to end
    public Optional<DequeuedMessage> await(String runner, RunId startedFor) throws InterruptedException {
        Optional<Idle> entry = enter(runner, startedFor);
        return entry.isEmpty() ? Optional.empty() : await(entry.get());
    }

    /// Gives a run to a workload that waits for one of its kind.
    ///
    /// @param wanted what the run's workload would be; its runner is replaced
    /// @return the workload that has the run now
    public Optional<Workload> give(DequeuedMessage message, Workload wanted) {
        Optional<Idle> found = take(Kind.of(wanted));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Workload workload = new Workload(
                found.get().workload().runner(),
                wanted.run(),
                wanted.dispatch(),
                wanted.environment(),
                wanted.deployment(),
                wanted.machine(),
                wanted.startedAt());
        assignments.assign(found.get().startedFor(), workload);
        registry.register(
                workload, message.snapshot().friendlyId(), message.snapshot().executionStatus());
        capacity.rename(wanted.runner(), workload.runner());
        found.get().offer().complete(Optional.of(message));
        return Optional.of(workload);
    }

    /// Takes a run back from a workload that did not begin it, and ends the workload.
    public void withdraw(Workload workload, String newRunner) {
        log.warn("{} did not begin {}; another workload gets it", workload.runner(), workload.run());
        workloads.discard(workload.runner());
        registry.remove(workload.runner());
        assignments.forget(workload.runner());
        capacity.rename(workload.runner(), newRunner);
    }

    /// Ends waiting workloads until those that are left fit beside what was promised to others.
    public void makeRoom() {
        Optional<Idle> surplus = surplus();
        while (surplus.isPresent()) {
            end(surplus.get());
            surplus = surplus();
        }
    }

    /// Ends all waiting workloads. While no new runs are taken, no others wait.
    public void close() {
        Optional<Idle> next = oldest();
        while (next.isPresent()) {
            end(next.get());
            next = oldest();
        }
    }

    private synchronized Optional<Idle> enter(String runner, RunId startedFor) {
        Optional<TrackedRun> ended = registry.find(runner)
                // That its run has ended may have been heard from the webapp before its own call was answered.
                .filter(run -> run.phase() != TrackedRun.Phase.ACTIVE)
                .filter(run -> assignments.startedFor(run.workload()).equals(startedFor));
        boolean isOpen = settings.isOn() && !capacity.isHeld() && idle.size() < settings.poolSize();
        if (ended.isEmpty() || !isOpen) {
            return Optional.empty();
        }
        Idle entry = new Idle(ended.get().workload(), startedFor, new CompletableFuture<>());
        registry.remove(runner);
        capacity.release(runner);
        idle.addFirst(entry);
        return Optional.of(entry);
    }

    private Optional<DequeuedMessage> await(Idle entry) throws InterruptedException {
        Duration patience = settings.idle();
        try {
            return entry.offer().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Whoever has taken it out of the pool is about to say what becomes of it.
            return leave(entry) ? Optional.empty() : entry.offer().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody fails this future", e);
        }
    }

    private synchronized boolean leave(Idle entry) {
        return idle.remove(entry);
    }

    private synchronized Optional<Idle> take(Kind kind) {
        for (Iterator<Idle> all = idle.iterator(); all.hasNext(); ) {
            Idle next = all.next();
            if (Kind.of(next.workload()).equals(kind)) {
                all.remove();
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    private synchronized Optional<Idle> oldest() {
        return Optional.ofNullable(idle.pollLast());
    }

    private synchronized Optional<Idle> surplus() {
        double memory = idle.stream()
                .mapToDouble(entry -> MachineSize.of(entry.workload().machine()).memory())
                .sum();
        boolean fits = capacity.usage().memoryGb() + memory <= capacity.total().memoryGb()
                && capacity.usage().runs() + idle.size() <= capacity.total().slots();
        return fits ? Optional.empty() : Optional.ofNullable(idle.pollLast());
    }

    private void end(Idle entry) {
        entry.offer().complete(Optional.empty());
        workloads.discard(entry.workload().runner());
        assignments.forget(entry.workload().runner());
    }
}
