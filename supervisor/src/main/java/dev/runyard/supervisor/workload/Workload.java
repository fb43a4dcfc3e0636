package dev.runyard.supervisor.workload;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.MachinePreset;
import java.time.Instant;

/// A workload that was started for a run, as it can be found again after a restart of the supervisor.
///
/// @param runner its name
/// @param run the run
/// @param dispatch the version with which the run was handed out
/// @param environment where the run belongs
/// @param deployment the release that it runs, empty where unknown
/// @param machine its size
/// @param startedAt when it was started
public record Workload(
        String runner,
        RunId run,
        SnapshotId dispatch,
        String environment,
        String deployment,
        MachinePreset machine,
        Instant startedAt) {

    /// Returns the same by another name.
    public Workload named(String other) {
        return new Workload(other, run, dispatch, environment, deployment, machine, startedAt);
    }
}
