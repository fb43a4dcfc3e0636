package dev.runyard.webapp.tenant;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.config.Secret;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An environment with what it belongs to.
///
/// @param id the environment
/// @param type its kind
/// @param slug its short name, such as `prod`
/// @param secretKey key of the public API, which also signs public tokens
/// @param workerQueue where its runs wait for a worker
/// @param supervisorQueue where they wait when workers of its own do not take them
/// @param concurrencyLimit runs of it that may execute at once
/// @param isPaused whether none of its runs may start
/// @param project its project
/// @param organization the project's organization
/// @param place whose it is, or what it is a branch of
public record TenantEnvironment(
        EnvironmentId id,
        EnvironmentType type,
        String slug,
        Secret secretKey,
        String workerQueue,
        String supervisorQueue,
        int concurrencyLimit,
        boolean isPaused,
        OwningProject project,
        OwningOrganization organization,
        Place place) {
    private static final String DEFAULT_BRANCH = "default";

    /// @param ref such as `proj_abc`, which users put into configuration
    public record OwningProject(UUID id, String ref, String slug, String name) {}

    /// @param parent the environment that it is a branch of, whose key opens it
    /// @param branch name of the branch
    /// @param owner the developer whose own it is
    public record Place(
            @Nullable EnvironmentId parent,
            @Nullable String branch,
            @Nullable UUID owner) {}

    /// Tells whether its key opens branches only.
    public boolean needsBranch() {
        return type == EnvironmentType.PREVIEW && place.parent() == null;
    }

    /// Tells whether a name means one of its branches, and not itself. A development environment calls itself
    /// `default`.
    public boolean hasBranch(String name) {
        boolean isDevelopment = type == EnvironmentType.DEVELOPMENT && place.parent() == null;
        return needsBranch() || (isDevelopment && !name.equals(DEFAULT_BRANCH));
    }

    /// @param title what people call it
    public record OwningOrganization(UUID id, String slug, String title) {}
}
