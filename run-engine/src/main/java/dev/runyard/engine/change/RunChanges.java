package dev.runyard.engine.change;

import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells listeners of this process about changed runs, and passes changes of this process on to the other webapps.
public final class RunChanges {
    private static final Logger LOG = LoggerFactory.getLogger(RunChanges.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final RunStateRepository states;
    private final List<Consumer<RunChanged>> listeners = new CopyOnWriteArrayList<>();
    private volatile Consumer<RunChanged> remote = _ -> {};

    public RunChanges(RunStateRepository states) {
        this.states = states;
    }

    /// A run that somebody watches.
    ///
    /// @param run the run
    /// @param known the newest version that the watcher knows
    public record Watched(RunId run, SnapshotId known) {}

    /// Sets who passes changes on to other processes.
    public void passOnTo(Consumer<RunChanged> sender) {
        this.remote = sender;
    }

    /// Tells everyone of a change that this process made.
    public void publish(RunChanged change) {
        deliver(change);
        remote.accept(change);
    }

    /// Tells the listeners of this process of a change, wherever it was made.
    public void deliver(RunChanged change) {
        for (Consumer<RunChanged> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                LOG.warn("a listener failed on {}", change.runId(), e);
            }
        }
    }

    /// Adds a listener; it must return quickly. Close the result to remove it.
    public AutoCloseable subscribe(Consumer<RunChanged> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Waits until a watched run has a version newer than its watcher knows, or patience ends; returns those that have.
    public List<RunState> await(List<Watched> watched, Duration patience) {
        Map<RunId, Watched> byRun = watched.stream()
                .collect(Collectors.toMap(
                        Watched::run, Function.identity(), (first, _) -> first, ConcurrentHashMap::new));
        Semaphore changed = new Semaphore(0);
        Consumer<RunChanged> listener = change -> {
            Watched known = byRun.get(change.runId());
            if (known != null && change.version() > known.known().version()) {
                changed.release();
            }
        };
        listeners.add(listener);
        try {
            return awaitWith(byRun, changed, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            listeners.remove(listener);
        }
    }

    private List<RunState> awaitWith(Map<RunId, Watched> byRun, Semaphore changed, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            List<RunState> newer = newerThanKnown(byRun);
            long left = deadline - System.nanoTime();
            if (!newer.isEmpty() || left <= 0) {
                return newer;
            }
            if (changed.tryAcquire(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS)) {
                changed.drainPermits();
            }
        }
    }

    private List<RunState> newerThanKnown(Map<RunId, Watched> byRun) {
        Set<RunId> ids = byRun.keySet();
        if (ids.isEmpty()) {
            return List.of();
        }
        return states.findAll(ids).stream()
                .filter(state -> {
                    Watched known = byRun.get(state.runId());
                    return known != null && state.version() > known.known().version();
                })
                .toList();
    }
}
