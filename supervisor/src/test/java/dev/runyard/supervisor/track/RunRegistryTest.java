package dev.runyard.supervisor.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.RunChangesRequest.Watched;
import dev.runyard.supervisor.workload.Workload;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RunRegistryTest {
    private static final RunId RUN = new RunId(new UUID(1, 2));

    private final RunRegistry registry = new RunRegistry();

    @Test
    void neverGoesBackToAnOlderVersion() {
        register("runner-a", 2);

        registry.learn(RUN, snapshot(5, ExecutionStatus.PENDING_CANCEL));
        registry.learn(RUN, snapshot(3, ExecutionStatus.EXECUTING));

        assertThat(registry.current(RUN)).hasValueSatisfying(known -> {
            assertThat(known.snapshot()).isEqualTo(new SnapshotId(5));
            assertThat(known.status()).isEqualTo(ExecutionStatus.PENDING_CANCEL);
        });
    }

    @Test
    void replacesTheWorkloadOfARunThatComesAgain() {
        register("runner-a", 2);

        assertThat(registry.register(workload("runner-b", 5), new SnapshotId(5), ExecutionStatus.PENDING_EXECUTING))
                .hasValueSatisfying(former -> assertThat(former.runner()).isEqualTo("runner-a"));

        assertThat(registry.find("runner-a"))
                .hasValueSatisfying(former -> assertThat(former.phase()).isEqualTo(TrackedRun.Phase.MOVED_ON));
        assertThat(registry.current(RUN))
                .hasValueSatisfying(now -> assertThat(now.runner()).isEqualTo("runner-b"));
    }

    @Test
    void keepsTheCurrentWorkloadWhenAFormerOneIsRemoved() {
        register("runner-a", 2);
        register("runner-b", 5);

        registry.remove("runner-a");

        assertThat(registry.current(RUN)).isPresent();
        registry.remove("runner-b");
        assertThat(registry.current(RUN)).isEmpty();
    }

    @Test
    void letsOnlyOneCallerReleaseARun() {
        register("runner-a", 2);

        assertThat(registry.release("runner-a", RUN, TrackedRun.Phase.COMPLETED))
                .isPresent();
        assertThat(registry.release("runner-a", RUN, TrackedRun.Phase.MOVED_ON)).isEmpty();
    }

    @Test
    void keepsTheNewRunOfAWorkloadWhenNewsOfItsFormerOneComeLate() {
        RunId next = new RunId(new UUID(3, 5));
        registry.register(
                new Workload("runner-a", next, new SnapshotId(2), "", "", MachinePreset.MICRO, Instant.EPOCH),
                new SnapshotId(2),
                ExecutionStatus.EXECUTING);

        assertThat(registry.release("runner-a", RUN, TrackedRun.Phase.COMPLETED))
                .isEmpty();

        assertThat(registry.current(next))
                .hasValueSatisfying(now -> assertThat(now.isActive()).isTrue());
    }

    @Test
    void keepsTheNewWorkloadWhenNewsOfTheFormerOneComeLate() {
        register("runner-a", 2);
        register("runner-b", 5);

        assertThat(registry.release("runner-a", RUN, TrackedRun.Phase.MOVED_ON)).isEmpty();

        assertThat(registry.current(RUN))
                .hasValueSatisfying(now -> assertThat(now.isActive()).isTrue());
    }

    @Test
    void watchesOnlyWhatItAnswersFor() throws Exception {
        register("runner-a", 2);
        RunId other = new RunId(new UUID(3, 4));
        registry.register(
                new Workload("runner-c", other, new SnapshotId(2), "", "", MachinePreset.MICRO, Instant.EPOCH),
                new SnapshotId(2),
                ExecutionStatus.EXECUTING);
        registry.release("runner-c", other, TrackedRun.Phase.COMPLETED);

        assertThat(registry.awaitWatched()).containsExactly(new Watched(RUN, new SnapshotId(2)));
    }

    private void register(String runner, int version) {
        registry.register(workload(runner, version), new SnapshotId(version), ExecutionStatus.PENDING_EXECUTING);
    }

    private static Workload workload(String runner, int version) {
        return new Workload(runner, RUN, new SnapshotId(version), "", "", MachinePreset.MICRO, Instant.EPOCH);
    }

    @Test
    void keepsAWorkloadThatIsSuspendedFromBeingWatched() {
        register("runner-a", 2);
        TrackedRun seen = registry.find("runner-a").orElseThrow();

        assertThat(registry.suspending(seen)).isTrue();
        assertThat(registry.suspending(seen)).isFalse();
        assertThat(registry.current(RUN))
                .hasValueSatisfying(now -> assertThat(now.isActive()).isFalse());

        registry.goOn("runner-a");
        assertThat(registry.current(RUN)).hasValue(seen);
    }

    @Test
    void suspendsNoWorkloadWhoseRunHasMovedOn() {
        register("runner-a", 2);
        TrackedRun seen = registry.find("runner-a").orElseThrow();
        registry.learn(RUN, snapshot(3, ExecutionStatus.EXECUTING));

        assertThat(registry.suspending(seen)).isFalse();
        assertThat(registry.current(RUN))
                .hasValueSatisfying(now -> assertThat(now.isActive()).isTrue());
    }

    private static ExecutionSnapshot snapshot(int version, ExecutionStatus status) {
        SnapshotId id = new SnapshotId(version);
        return new ExecutionSnapshot(id, id, status, "", Instant.EPOCH);
    }
}
