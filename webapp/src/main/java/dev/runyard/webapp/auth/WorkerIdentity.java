package dev.runyard.webapp.auth;

/// A supervisor that makes a request.
///
/// @param group name of its worker group
/// @param workerQueue where its group takes runs from
/// @param instanceName its own name
public record WorkerIdentity(String group, String workerQueue, String instanceName) {}
