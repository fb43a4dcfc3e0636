package dev.runyard.supervisor.consume;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.RunChangesRequest;
import dev.runyard.protocol.worker.RunChangesRequest.Watched;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.StoredRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a drained supervisor still asks for: runs whose processes it has stored, which can go on nowhere else.
///
/// It asks only while one of them waits to be handed out. Nobody can ask for a certain run, so others may come; they
/// are given back, for other supervisors to take. One that keeps coming back has nobody else and is started after
/// all, rather than given back until the webapp gives it up.
public final class FetchStored {
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final SnapshotId FIRST = new SnapshotId(1);

    /// Hand-outs that a run is given back; with their growing delays, half a minute.
    private static final int LEFT_TO_OTHERS = 4;

    /// More versions than that many hand-outs make.
    private static final int VERSIONS = 8 * LEFT_TO_OTHERS;

    private final Dependencies dependencies;
    private final StoredRuns stored;
    private final StartRun startRun;
    private Instant lookedAt = Instant.EPOCH;
    private boolean due;

    public FetchStored(Dependencies dependencies, StoredRuns stored, StartRun startRun) {
        this.dependencies = dependencies;
        this.stored = stored;
        this.startRun = startRun;
    }

    /// Tells whether a stored run waited to be handed out when this last looked. For one thread.
    boolean isDue() {
        Map<RunId, String> all = stored.all();
        Instant now = dependencies.clock().instant();
        if (all.isEmpty()) {
            due = false;
        } else if (Duration.between(lookedAt, now).compareTo(LOOK) >= 0) {
            lookedAt = now;
            due = look(all);
        }
        return due;
    }

    private boolean look(Map<RunId, String> all) {
        List<Watched> watched =
                all.keySet().stream().map(run -> new Watched(run, FIRST)).toList();
        return dependencies.platform().changes(new RunChangesRequest(watched, 0L), Duration.ZERO).changes().stream()
                .filter(run -> run.snapshot().executionStatus() == ExecutionStatus.QUEUED)
                .map(run -> run.run().friendlyId())
                .anyMatch(run -> isOurs(run, all.getOrDefault(run, "")));
    }

    private boolean isOurs(RunId run, String runner) {
        return dependencies
                .platform()
                .latest(run)
                .filter(latest -> stored.isKept(run, runner, latest))
                .isPresent();
    }

    /// Starts what came where it goes on from something stored; leaves anything else to others while it can.
    void start(DequeuedMessage message) throws InterruptedException {
        if (message.checkpoint() == null && handOuts(message) <= LEFT_TO_OTHERS) {
            startRun.giveBack(message, "The supervisor that was handed the run is drained and takes no new ones.");
        } else {
            startRun.start(message);
        }
    }

    /// Counts the hand-outs since the run last executed.
    private int handOuts(DequeuedMessage message) {
        int now = message.snapshot().friendlyId().version();
        SnapshotId before = new SnapshotId(Math.max(1, now - VERSIONS));
        List<ExecutionStatus> versions = dependencies
                .platform()
                .since(message.run().friendlyId(), before)
                .stream()
                .map(RunExecutionData::snapshot)
                .map(ExecutionSnapshot::executionStatus)
                .toList();
        int executed = versions.lastIndexOf(ExecutionStatus.EXECUTING);
        return (int) versions.subList(executed + 1, versions.size()).stream()
                .filter(status -> status == ExecutionStatus.PENDING_EXECUTING)
                .count();
    }
}
