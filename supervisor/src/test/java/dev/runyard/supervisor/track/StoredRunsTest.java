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
import dev.runyard.supervisor.workload.StoredProcess;
import dev.runyard.supervisor.workload.Workload;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StoredRunsTest {
    private static final RunId RUN = new RunId(new UUID(1, 2));

    private static final RunId EARLIER = new RunId(new UUID(1, 1));

    private final StoredRuns stored = of("host-1");

    @Test
    void findsTheWorkloadThatItsCheckpointWasMadeOf() {
        assertThat(stored.find(RUN, stored.describe(run(5), EARLIER)))
                .hasValue(new StoredRuns.Restorable(process(5), Optional.empty()));
    }

    @Test
    void leavesTheCheckpointsOfOthersToThem() {
        Checkpoint made = stored.describe(run(5), RUN);

        assertThat(of("host-10").find(RUN, made)).isEmpty();
        assertThat(of("host").find(RUN, made)).isEmpty();
        assertThat(stored.find(RUN, null)).isEmpty();
        assertThat(stored.find(RUN, at("host-1/runner-a/latest"))).isEmpty();
    }

    @Test
    void findsWhatAnySupervisorOfItsGroupHasStored() {
        Checkpoint made = sharing("host-1", "racks").describe(run(5), EARLIER);

        assertThat(sharing("host-2", "racks").find(RUN, made))
                .hasValue(new StoredRuns.Restorable(process(5), Optional.of(EARLIER)));
        assertThat(sharing("host-2", "rack").find(RUN, made)).isEmpty();
        assertThat(of("host-1").find(RUN, made)).isEmpty();
        assertThat(of("host-1").foreign(made)).map(StoredRuns.Foreign::snapshot).hasValue(new SnapshotId(5));
    }

    @Test
    void stillFindsWhatItStoredBeforeItShared() {
        Checkpoint made = stored.describe(run(5), RUN);

        assertThat(sharing("host-1", "racks").find(RUN, made))
                .hasValue(new StoredRuns.Restorable(process(5), Optional.empty()));
    }

    @Test
    void keepsWhatARunMayGoOnFromUntilItHasMovedOn() {
        StoredRuns sharing = sharing("host-1", "racks");
        RunExecutionData latest = latest(sharing.describe(run(5), RUN));

        assertThat(sharing.isAwaited(process(5), latest)).isTrue();
        assertThat(sharing.isAwaited(process(3), latest)).isFalse();
        assertThat(sharing.isAwaited(process(5), latest(null))).isFalse();
        assertThat(sharing.isAwaited(process(6), latest(null)))
                .as("being stored now")
                .isTrue();
        assertThat(sharing("host-2", "other").isAwaited(process(5), latest))
                .as("for those who know another key")
                .isTrue();
    }

    @Test
    void knowsWhoHasStoredARun() {
        Checkpoint made = of("rack-1/host-2").describe(run(5), RUN);

        assertThat(stored.foreign(made)).hasValue(new StoredRuns.Foreign("rack-1/host-2", new SnapshotId(5)));
        assertThat(stored.foreign(at("host-2/runner-a/latest"))).isEmpty();
        assertThat(stored.foreign(at("/checkpoints/1"))).isEmpty();
        assertThat(stored.foreign(at("runner-a"))).isEmpty();
    }

    @Test
    void tellsOneWaitFromTheNextOfTheSameWorkload() {
        Checkpoint first = stored.describe(run(5), RUN);
        Checkpoint second = stored.describe(run(11), RUN);

        assertThat(stored.isTaken(first, latest(first))).isTrue();
        assertThat(stored.isTaken(second, latest(first))).isFalse();
        assertThat(stored.isTaken(second, latest(null))).isFalse();
    }

    @Test
    void keepsAWorkloadOnlyWhileItsRunWillGoOnFromIt() {
        assertThat(stored.isKept(RUN, "runner-a", latest(stored.describe(run(5), RUN))))
                .isTrue();
        assertThat(stored.isKept(RUN, "runner-b", latest(stored.describe(run(5), RUN))))
                .isFalse();
        assertThat(stored.isKept(RUN, "runner-a", latest(null))).isFalse();
    }

    private static StoredRuns of(String instance) {
        return new StoredRuns(instance, Optional.empty());
    }

    private static StoredRuns sharing(String instance, String group) {
        return new StoredRuns(instance, Optional.of(group));
    }

    private static StoredProcess process(int version) {
        return new StoredProcess(RUN, "runner-a", new SnapshotId(version));
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
