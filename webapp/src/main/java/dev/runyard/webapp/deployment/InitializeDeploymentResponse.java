package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.DeploymentId;

/// Answer of `POST /api/v1/deployments`.
///
/// @param id the release record
/// @param shortCode its short name
/// @param version the number that the build gets
/// @param contentHash identity of the build
record InitializeDeploymentResponse(DeploymentId id, String shortCode, String version, String contentHash) {
    static InitializeDeploymentResponse of(Deployment deployment) {
        return new InitializeDeploymentResponse(
                new DeploymentId(deployment.id()),
                deployment.shortCode(),
                deployment.version(),
                deployment.contentHash());
    }
}
