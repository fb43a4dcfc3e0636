package dev.runyard.webapp.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.DeploymentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A deployment as the API shows it.
///
/// @param id the release record
/// @param createdAt when it was begun
/// @param shortCode its short name
/// @param version its number
/// @param runtime what runs it
/// @param runtimeVersion which version of that; null, as the tasks are not read for it
/// @param status how far it is
/// @param deployedAt when its runs could first be started
/// @param imageReference what supervisors start
/// @param errorData why it failed
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeploymentView(
        DeploymentId id,
        Instant createdAt,
        String shortCode,
        String version,
        String runtime,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String runtimeVersion,
        String status,
        @Nullable Instant deployedAt,
        @Nullable String imageReference,
        @Nullable Failure errorData) {

    /// @param name what kind of failure it is
    /// @param message a sentence
    record Failure(String name, String message) {}

    static DeploymentView of(Deployment deployment) {
        return new DeploymentView(
                new DeploymentId(deployment.id()),
                deployment.createdAt(),
                deployment.shortCode(),
                deployment.version(),
                deployment.runtime(),
                null,
                deployment.status().name(),
                deployment.deployedAt(),
                deployment.imageReference(),
                deployment.failure() == null ? null : new Failure("DeploymentFailed", deployment.failure()));
    }
}
