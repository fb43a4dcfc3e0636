package dev.runyard.supervisor.track;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.CheckpointType;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.supervisor.workload.StoredProcess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The runs whose processes are stored. The webapp decides what is a run's checkpoint; this only says which of them are
/// ours, and which are everybody's because they lie in a folder that all supervisors share.
public final class StoredRuns {
    private static final int LOCKS = 256;
    private static final int PARTS = 3;
    private static final String SEPARATOR = "/";
    private static final String SHARED = "shared:";

    private final String instance;
    private final Optional<String> group;
    private final Map<RunId, String> runners = new ConcurrentHashMap<>();
    private final List<Lock> locks =
            Stream.generate(() -> (Lock) new ReentrantLock()).limit(LOCKS).toList();

    /// @param instance name of this supervisor
    /// @param group what all supervisors have in common that share what they store; absent where this one does not
    public StoredRuns(String instance, Optional<String> group) {
        this.instance = instance;
        this.group = group;
    }

    /// What this supervisor can restore.
    ///
    /// @param startedFor the run whose token the process has, where all of the group can restore it; empty
    /// where only this one can
    public record Restorable(StoredProcess process, Optional<RunId> startedFor) {
        public boolean isShared() {
            return startedFor.isPresent();
        }
    }

    /// Describes what was just stored.
    ///
    /// @param startedFor the run whose token the workload has
    public Checkpoint describe(TrackedRun run, RunId startedFor) {
        String owner = group.map(common -> SHARED + common + ":" + startedFor).orElse(instance);
        String location =
                String.join(SEPARATOR, owner, run.runner(), run.snapshot().toString());
        return new Checkpoint(null, null, CheckpointType.DOCKER, location, null, "The run waits");
    }

    /// Reads a run's checkpoint; empty where only others can restore it.
    public Optional<Restorable> find(RunId run, @Nullable Checkpoint checkpoint) {
        String[] parts = checkpoint == null ? new String[0] : split(checkpoint.location());
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            StoredProcess process = new StoredProcess(run, parts[1], SnapshotId.parse(parts[2]));
            Optional<RunId> startedFor = group.map(common -> SHARED + common + ":")
                    .filter(parts[0]::startsWith)
                    .map(prefix -> RunId.parse(parts[0].substring(prefix.length())));
            boolean isOurs = startedFor.isPresent() || parts[0].equals(instance);
            return isOurs ? Optional.of(new Restorable(process, startedFor)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// A name of a supervisor may hold the separator.
    private static String[] split(String location) {
        int last = location.lastIndexOf(SEPARATOR);
        int middle = location.lastIndexOf(SEPARATOR, last - 1);
        return last < 0 || middle <= 0
                ? new String[0]
                : new String[] {
                    location.substring(0, middle), location.substring(middle + 1, last), location.substring(last + 1)
                };
    }

    /// Tells whether a run goes on from this or still may, whoever has stored it. As long as it waits in the version
    /// with which this was stored, somebody may be storing it or asking the webapp to take it; later nobody can.
    public boolean isAwaited(StoredProcess process, RunExecutionData latest) {
        Checkpoint checkpoint = latest.checkpoint();
        String end =
                String.join(SEPARATOR, "", process.runner(), process.snapshot().toString());
        return latest.snapshot().friendlyId().version() <= process.snapshot().version()
                || checkpoint != null && checkpoint.location().endsWith(end);
    }

    /// What another supervisor has stored.
    ///
    /// @param supervisor its name
    /// @param snapshot the version of the run when it did
    public record Foreign(String supervisor, SnapshotId snapshot) {}

    /// Reads a checkpoint that another supervisor has made; empty where it does not look like one of ours.
    public Optional<Foreign> foreign(Checkpoint checkpoint) {
        String[] parts = split(checkpoint.location());
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Foreign(parts[0], SnapshotId.parse(parts[2])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Tells whether a run is to go on from what was stored of a workload.
    public boolean isKept(RunId run, String runner, RunExecutionData latest) {
        return find(run, latest.checkpoint())
                .filter(known -> known.process().runner().equals(runner))
                .isPresent();
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
