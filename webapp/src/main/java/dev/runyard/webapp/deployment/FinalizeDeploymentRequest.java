package dev.runyard.webapp.deployment;

import org.jspecify.annotations.Nullable;

/// Body of `POST /api/v1/deployments/{id}/finalize`.
///
/// @param imageReference what supervisors start; may be absent where the first call named it
/// @param checkImage whether a supervisor must show first that it can start the image
/// @param skipPromotion whether new runs go on to get the version that they get now
record FinalizeDeploymentRequest(
        @Nullable String imageReference,
        @Nullable Boolean checkImage,
        @Nullable Boolean skipPromotion) {
    boolean isCheckWanted() {
        return Boolean.TRUE.equals(checkImage);
    }

    boolean isPromoted() {
        return !Boolean.TRUE.equals(skipPromotion);
    }
}
