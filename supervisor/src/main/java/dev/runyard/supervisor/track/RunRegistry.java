package dev.runyard.supervisor.track;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.RunChangesRequest.Watched;
import dev.runyard.supervisor.workload.Workload;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All runs that this supervisor has workloads for.
///
/// Entries are kept by runner, since a run that was requeued may come back while its former workload still dies. Its
/// newest workload is the run's current one; an older one has moved on by definition. Thread-safe.
public final class RunRegistry {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Map<String, TrackedRun> byRunner = new LinkedHashMap<>();
    private final Map<RunId, String> current = new LinkedHashMap<>();
    private volatile Consumer<TrackedRun> listener = _ -> {};

    /// Begins to track a workload and returns the one that it replaces, if there is one.
    public Optional<TrackedRun> register(Workload workload, SnapshotId snapshot, ExecutionStatus status) {
        return locked(() -> {
            Optional<TrackedRun> former = Optional.ofNullable(current.put(workload.run(), workload.runner()))
                    .filter(runner -> !runner.equals(workload.runner()))
                    .map(byRunner::get);
            former.ifPresent(replaced -> byRunner.put(replaced.runner(), replaced.in(TrackedRun.Phase.MOVED_ON)));
            byRunner.put(workload.runner(), TrackedRun.of(workload, snapshot, status));
            added.signalAll();
            return former;
        });
    }

    public Optional<TrackedRun> find(String runner) {
        return locked(() -> Optional.ofNullable(byRunner.get(runner)));
    }

    /// Returns the entry of a run's current workload.
    public Optional<TrackedRun> current(RunId run) {
        return locked(() -> Optional.ofNullable(current.get(run)).map(byRunner::get));
    }

    public List<TrackedRun> all() {
        return locked(() -> List.copyOf(byRunner.values()));
    }

    /// Names who is told of every version that is learned, after it is.
    public void listen(Consumer<TrackedRun> told) {
        listener = told;
    }

    /// Notes a version of a run. An older one than is known changes nothing.
    public void learn(RunId run, ExecutionSnapshot snapshot) {
        update(run, known -> snapshot.friendlyId().version() > known.snapshot().version() ? known.at(snapshot) : known);
        current(run).ifPresent(listener);
    }

    public void attemptStarted(RunId run, Instant at) {
        update(run, known -> known.attemptStarted(at));
    }

    /// Notes that the supervisor no longer answers for a workload's run. Both are named: the run may have come again
    /// to another workload in the meantime, and the workload may have been given another run.
    ///
    /// @return the entry that was active until now, so that only one caller acts on the change
    public Optional<TrackedRun> release(String runner, RunId run, TrackedRun.Phase phase) {
        return locked(() -> {
            Optional<TrackedRun> active = Optional.ofNullable(byRunner.get(runner))
                    .filter(TrackedRun::isActive)
                    .filter(known -> known.run().equals(run));
            active.ifPresent(known -> byRunner.put(known.runner(), known.in(phase)));
            return active;
        });
    }

    /// Notes that a workload which is known at a version is about to be suspended. Changes of its run are not told
    /// any more until [#goOn].
    ///
    /// @return whether the run still was this workload's at that version
    public boolean suspending(TrackedRun run) {
        return locked(() -> byRunner.replace(run.runner(), run, run.in(TrackedRun.Phase.SUSPENDING)));
    }

    /// Notes that a workload was not suspended after all.
    public void goOn(String runner) {
        locked(() -> {
            added.signalAll();
            return byRunner.computeIfPresent(
                    runner,
                    (_, known) ->
                            known.phase() == TrackedRun.Phase.SUSPENDING ? known.in(TrackedRun.Phase.ACTIVE) : known);
        });
    }

    /// Forgets a workload.
    public void remove(String runner) {
        locked(() -> {
            TrackedRun removed = byRunner.remove(runner);
            if (removed != null) {
                current.remove(removed.run(), runner);
            }
            return removed;
        });
    }

    /// Waits until there are active runs and returns them with the versions that are known.
    public List<Watched> awaitWatched() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (watched().isEmpty()) {
                added.await();
            }
            return watched();
        } finally {
            lock.unlock();
        }
    }

    private List<Watched> watched() {
        return activeOf(byRunner.values()).stream()
                .map(run -> new Watched(run.run(), run.snapshot()))
                .toList();
    }

    private static List<TrackedRun> activeOf(Collection<TrackedRun> runs) {
        return runs.stream().filter(TrackedRun::isActive).toList();
    }

    private void update(RunId run, UnaryOperator<TrackedRun> change) {
        locked(() -> {
            String runner = current.get(run);
            return runner == null ? null : byRunner.computeIfPresent(runner, (_, known) -> change.apply(known));
        });
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
