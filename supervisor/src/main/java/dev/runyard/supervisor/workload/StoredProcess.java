package dev.runyard.supervisor.workload;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;

/// The process of a workload as it was stored once.
///
/// @param run the run that waits
/// @param runner the workload
/// @param snapshot the run's version with which it waits, which tells one wait of a workload from the next
public record StoredProcess(RunId run, String runner, SnapshotId snapshot) {}
