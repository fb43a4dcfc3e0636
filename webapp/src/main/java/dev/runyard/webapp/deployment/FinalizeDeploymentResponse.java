package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.DeploymentId;
import org.jspecify.annotations.Nullable;

/// Answer of `POST /api/v1/deployments/{id}/finalize`.
///
/// @param id the release record
/// @param version its number
/// @param warning why its runs may not start, where that can be foreseen
record FinalizeDeploymentResponse(
        DeploymentId id, String version, @Nullable String warning) {}
