package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.WorkerVersionId;

/// Answer of `POST /api/v1/deployments/{id}/background-workers`.
///
/// @param id the indexed version
/// @param version its number
/// @param contentHash identity of the build
record RegisterWorkerResponse(WorkerVersionId id, String version, String contentHash) {}
