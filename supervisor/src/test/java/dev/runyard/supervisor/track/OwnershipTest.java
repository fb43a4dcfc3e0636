package dev.runyard.supervisor.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.protocol.worker.RunMetadata;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OwnershipTest {
    private static final SnapshotId DISPATCH = new SnapshotId(2);

    @ParameterizedTest
    @EnumSource(names = {"FINISHED", "QUEUED", "DELAYED", "RUN_CREATED", "SUSPENDED"})
    void isLostWhereTheRunEndedOrWaitsElsewhere(ExecutionStatus status) {
        assertThat(Ownership.isLostAt(snapshot(3, status), DISPATCH)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"EXECUTING", "EXECUTING_WITH_WAITPOINTS", "QUEUED_EXECUTING", "PENDING_CANCEL"})
    void isKeptWhileTheWorkloadHasSomethingToDo(ExecutionStatus status) {
        assertThat(Ownership.isLostAt(snapshot(3, status), DISPATCH)).isFalse();
    }

    @Test
    void isLostWhereTheRunWasHandedOutAgain() {
        assertThat(Ownership.isLostAt(snapshot(2, ExecutionStatus.PENDING_EXECUTING), DISPATCH))
                .isFalse();
        assertThat(Ownership.isLostAt(snapshot(5, ExecutionStatus.PENDING_EXECUTING), DISPATCH))
                .isTrue();
    }

    @Test
    void isLostWhereTheRunWasElsewhereInBetween() {
        assertThat(Ownership.isLostIn(
                        List.of(version(4, ExecutionStatus.QUEUED), version(6, ExecutionStatus.EXECUTING)), DISPATCH))
                .isTrue();
        assertThat(Ownership.isLostIn(
                        List.of(version(3, ExecutionStatus.EXECUTING), version(4, ExecutionStatus.EXECUTING)),
                        DISPATCH))
                .isFalse();
    }

    private static RunExecutionData version(int version, ExecutionStatus status) {
        RunId run = new RunId(new UUID(1, 2));
        return RunExecutionData.of(snapshot(version, status), new RunMetadata(run.body(), run, RunStatus.EXECUTING, 1));
    }

    private static ExecutionSnapshot snapshot(int version, ExecutionStatus status) {
        SnapshotId id = new SnapshotId(version);
        return new ExecutionSnapshot(id, id, status, "", Instant.EPOCH);
    }
}
