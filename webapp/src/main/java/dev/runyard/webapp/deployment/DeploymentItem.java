package dev.runyard.webapp.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.DeploymentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A deployment in lists. The official client demands the two members about the runtime, even if only as null.
///
/// @param id the release record
/// @param createdAt when it was begun
/// @param shortCode its short name
/// @param version its number
/// @param runtime what runs it
/// @param runtimeVersion which version of that, once its tasks are known
/// @param status how far it is
/// @param deployedAt when its runs could first be started
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeploymentItem(
        DeploymentId id,
        Instant createdAt,
        String shortCode,
        String version,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String runtime,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String runtimeVersion,
        String status,
        @Nullable Instant deployedAt) {}
