package dev.runyard.supervisor.workload;

/// The workload manager in use.
///
/// @param manager the workload manager
/// @param reason why this one, a clause for logs and people
public record WorkloadSelection(WorkloadManager manager, String reason) {}
