package dev.runyard.supervisor.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.CheckpointType;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.protocol.worker.RunMetadata;
import dev.runyard.supervisor.workload.Workload;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StoredRunsTest {
    private static final RunId RUN = new RunId(new UUID(1, 2));

    private final StoredRuns stored = new StoredRuns("host-1");

    @Test
    void findsTheWorkloadThatItsCheckpointWasMadeOf() {
        assertThat(stored.runnerOf(stored.describe(run(5)))).hasValue("runner-a");
    }

    @Test
    void leavesTheCheckpointsOfOthersToThem() {
        assertThat(new StoredRuns("host-10").runnerOf(stored.describe(run(5)))).isEmpty();
        assertThat(new StoredRuns("host").runnerOf(stored.describe(run(5)))).isEmpty();
        assertThat(stored.runnerOf(null)).isEmpty();
    }

    @Test
    void knowsWhoHasStoredARun() {
        Checkpoint made = new StoredRuns("rack-1/host-2").describe(run(5));

        assertThat(stored.foreign(made)).hasValue(new StoredRuns.Foreign("rack-1/host-2", new SnapshotId(5)));
        assertThat(stored.foreign(at("host-2/runner-a/latest"))).isEmpty();
        assertThat(stored.foreign(at("/checkpoints/1"))).isEmpty();
        assertThat(stored.foreign(at("runner-a"))).isEmpty();
    }

    @Test
    void tellsOneWaitFromTheNextOfTheSameWorkload() {
        Checkpoint first = stored.describe(run(5));
        Checkpoint second = stored.describe(run(11));

        assertThat(stored.isTaken(first, latest(first))).isTrue();
        assertThat(stored.isTaken(second, latest(first))).isFalse();
        assertThat(stored.isTaken(second, latest(null))).isFalse();
    }

    @Test
    void keepsAWorkloadOnlyWhileItsRunWillGoOnFromIt() {
        assertThat(stored.isKept("runner-a", latest(stored.describe(run(5))))).isTrue();
        assertThat(stored.isKept("runner-b", latest(stored.describe(run(5))))).isFalse();
        assertThat(stored.isKept("runner-a", latest(null))).isFalse();
    }

    private static Checkpoint at(String location) {
        return new Checkpoint(null, null, CheckpointType.DOCKER, location, null, null);
    }

    private static RunExecutionData latest(@Nullable Checkpoint checkpoint) {
        SnapshotId id = new SnapshotId(6);
        return RunExecutionData.of(
                        new ExecutionSnapshot(id, id, ExecutionStatus.SUSPENDED, "", Instant.EPOCH),
                        new RunMetadata(RUN.body(), RUN, RunStatus.WAITING_TO_RESUME, 1))
                .with(checkpoint);
    }

    private static TrackedRun run(int version) {
        return TrackedRun.of(
                new Workload("runner-a", RUN, new SnapshotId(2), "", "", MachinePreset.MICRO, Instant.EPOCH),
                new SnapshotId(version),
                ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
    }
}
