package dev.runyard.webapp.deployment;

import org.jspecify.annotations.Nullable;

/// Body of `POST /api/v1/deployments/{id}/finalize`.
///
/// @param imageReference what supervisors start; may be absent where the first call named it
record FinalizeDeploymentRequest(@Nullable String imageReference) {}
