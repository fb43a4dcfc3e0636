package dev.runyard.supervisor.track;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.CheckpointType;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.RunExecutionData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The runs whose processes this supervisor has stored. The webapp decides what is a run's checkpoint; this only says
/// which of them are ours.
public final class StoredRuns {
    private static final int LOCKS = 256;
    private static final String SEPARATOR = "/";

    private final String instance;
    private final Map<RunId, String> runners = new ConcurrentHashMap<>();
    private final List<Lock> locks =
            Stream.generate(() -> (Lock) new ReentrantLock()).limit(LOCKS).toList();

    /// @param instance name of this supervisor
    public StoredRuns(String instance) {
        this.instance = instance;
    }

    /// Describes what was just stored.
    public Checkpoint describe(TrackedRun run) {
        String location =
                String.join(SEPARATOR, instance, run.runner(), run.snapshot().toString());
        return new Checkpoint(null, null, CheckpointType.DOCKER, location, null, "The run waits");
    }

    /// Returns the workload that a checkpoint was made of, where this supervisor made it.
    public Optional<String> runnerOf(@Nullable Checkpoint checkpoint) {
        if (checkpoint == null || !checkpoint.location().startsWith(instance + SEPARATOR)) {
            return Optional.empty();
        }
        String rest = checkpoint.location().substring(instance.length() + 1);
        int end = rest.indexOf(SEPARATOR);
        return end <= 0 ? Optional.empty() : Optional.of(rest.substring(0, end));
    }

    /// What another supervisor has stored.
    ///
    /// @param supervisor its name
    /// @param snapshot the version of the run when it did
    public record Foreign(String supervisor, SnapshotId snapshot) {}

    /// Reads a checkpoint that another supervisor has made; empty where it does not look like one of ours.
    public Optional<Foreign> foreign(Checkpoint checkpoint) {
        String location = checkpoint.location();
        int last = location.lastIndexOf(SEPARATOR);
        int middle = location.lastIndexOf(SEPARATOR, last - 1);
        if (last < 0 || middle <= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Foreign(location.substring(0, middle), SnapshotId.parse(location.substring(last + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Tells whether a run is to go on from what was stored of a workload.
    public boolean isKept(String runner, RunExecutionData latest) {
        return runnerOf(latest.checkpoint()).filter(runner::equals).isPresent();
    }

    /// Tells whether the webapp has taken just this checkpoint.
    public boolean isTaken(Checkpoint made, RunExecutionData latest) {
        Checkpoint known = latest.checkpoint();
        return known != null && known.location().equals(made.location());
    }

    public void keep(RunId run, String runner) {
        runners.put(run, runner);
    }

    public void forget(RunId run) {
        runners.remove(run);
    }

    /// Returns the workloads that are stored, by their runs.
    public Map<RunId, String> all() {
        return Map.copyOf(runners);
    }

    /// Stores, restores or removes what belongs to a run while nobody else does.
    public <T> T exclusively(RunId run, Callable<T> action) throws InterruptedException {
        Lock lock = locks.get(Math.floorMod(run.hashCode(), LOCKS));
        lock.lockInterruptibly();
        try {
            return action.call();
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }
}
