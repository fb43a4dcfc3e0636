package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.DeploymentId;

/// Answer of `POST /api/v1/deployments/{id}/finalize`.
///
/// @param id the release record
/// @param version its number
record FinalizeDeploymentResponse(DeploymentId id, String version) {}
