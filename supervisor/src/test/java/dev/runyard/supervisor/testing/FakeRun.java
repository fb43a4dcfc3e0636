package dev.runyard.supervisor.testing;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.protocol.worker.RunMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run of the fake webapp. Guarded by its webapp.
public final class FakeRun {
    final RunId id;
    final String image;
    final String payload;
    final MachinePreset machine;
    final List<RunExecutionData> history = new ArrayList<>();
    final List<Completion> completions = new ArrayList<>();
    final List<String> reasonsToStay = new ArrayList<>();
    int attempts;
    int heartbeats;

    @Nullable
    Checkpoint checkpoint;

    FakeRun(RunId id, String image, String payload, MachinePreset machine) {
        this.id = id;
        this.image = image;
        this.payload = payload;
        this.machine = machine;
        move(ExecutionStatus.QUEUED);
    }

    public RunId id() {
        return id;
    }

    RunExecutionData move(ExecutionStatus status) {
        SnapshotId next = new SnapshotId(history.size() + 1);
        ExecutionSnapshot snapshot = new ExecutionSnapshot(next, next, status, "test", Instant.now());
        history.add(RunExecutionData.of(
                        snapshot, new RunMetadata(id.body(), id, RunStatus.EXECUTING, attempts == 0 ? null : attempts))
                .with(checkpoint));
        return history.getLast();
    }

    /// Lets it have waited with its process stored, and be about to go on from that.
    void store(Checkpoint made) {
        checkpoint = made;
        move(ExecutionStatus.SUSPENDED);
        move(ExecutionStatus.QUEUED);
    }

    ExecutionStatus status() {
        return history.getLast().snapshot().executionStatus();
    }

    int version() {
        return history.size();
    }

    boolean isAt(String snapshot) {
        return SnapshotId.parse(snapshot).version() == version();
    }

    @Nullable
    Completion completion() {
        return completions.isEmpty() ? null : completions.getLast();
    }
}
