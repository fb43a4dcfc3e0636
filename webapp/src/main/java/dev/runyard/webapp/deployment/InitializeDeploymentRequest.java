package dev.runyard.webapp.deployment;

import org.jspecify.annotations.Nullable;

/// Body of `POST /api/v1/deployments`.
///
/// @param contentHash identity of the build
/// @param imageReference what supervisors start, where it is known already
/// @param runtime what runs it; `java` where absent
/// @param externalDeploymentId what it is called outside, such as its commit; runs may ask for it by that
record InitializeDeploymentRequest(
        String contentHash,
        @Nullable String imageReference,
        @Nullable String runtime,
        @Nullable String externalDeploymentId) {

    InitializeDeploymentRequest {
        externalDeploymentId = externalDeploymentId == null ? null : externalDeploymentId.strip();
    }
}
