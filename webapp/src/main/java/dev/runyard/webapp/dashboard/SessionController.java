package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import dev.runyard.webapp.worker.Supervisor;
import dev.runyard.webapp.worker.Supervisors;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Who is signed in, and what they may look at.
@RestController
@Permit(to = Credential.SESSION)
class SessionController {
    private static final Duration SUPERVISOR_MEMORY = Duration.ofDays(1);

    private final Memberships memberships;
    private final Supervisors supervisors;
    private final ServerVersion version;

    SessionController(Memberships memberships, Supervisors supervisors, ServerVersion version) {
        this.memberships = memberships;
        this.supervisors = supervisors;
        this.version = version;
    }

    @GetMapping("/api/dashboard/v1/session")
    SessionResponse session(@AuthenticationPrincipal SignedInUser user) {
        Map<UUID, Role> roles = memberships.roles(user.id());
        List<EnvironmentItem> environments = memberships.environments(user.id()).stream()
                .sorted(Comparator.comparing(
                                (TenantEnvironment one) -> one.project().name())
                        .thenComparing(one -> one.type() != EnvironmentType.PRODUCTION)
                        .thenComparing(TenantEnvironment::slug))
                .map(one -> EnvironmentItem.of(
                        one, roles.getOrDefault(one.organization().id(), Role.VIEWER)))
                .toList();
        return new SessionResponse(user, environments, new SystemItem(version.text(), workloadManager()));
    }

    private @Nullable String workloadManager() {
        return supervisors.seenWithin(SUPERVISOR_MEMORY).stream()
                .map(Supervisor::workloadManager)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// @param user who is signed in
    /// @param environments production first
    /// @param system the server
    record SessionResponse(SignedInUser user, List<EnvironmentItem> environments, SystemItem system) {}

    /// @param id the environment
    /// @param slug its short name
    /// @param name what people call it
    /// @param type its kind
    /// @param project where it belongs
    /// @param role what the person may do there
    /// @param branch what it is a branch of the preview environment for
    /// @param concurrencyLimit runs of it that may execute at once
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EnvironmentItem(
            EnvironmentId id,
            String slug,
            String name,
            EnvironmentType type,
            ProjectItem project,
            Role role,
            @Nullable String branch,
            int concurrencyLimit) {
        static EnvironmentItem of(TenantEnvironment environment, Role role) {
            return new EnvironmentItem(
                    environment.id(),
                    environment.slug(),
                    switch (environment.type()) {
                        case PRODUCTION -> "Production";
                        case STAGING -> "Staging";
                        case DEVELOPMENT -> "Development";
                        case PREVIEW -> "Preview";
                    },
                    environment.type(),
                    ProjectItem.of(environment),
                    role,
                    environment.place().branch(),
                    environment.concurrencyLimit());
        }
    }

    /// @param ref its name for tools
    /// @param name what people call it
    /// @param organization whom it belongs to
    record ProjectItem(String ref, String name, OrganizationItem organization) {
        static ProjectItem of(TenantEnvironment environment) {
            return new ProjectItem(
                    environment.project().ref(),
                    environment.project().name(),
                    new OrganizationItem(
                            environment.organization().slug(),
                            environment.organization().title()));
        }
    }

    /// @param slug part of addresses
    /// @param title what people call it
    record OrganizationItem(String slug, String title) {}

    /// @param version of this server
    /// @param workloadManager how the supervisor that called last starts runs; absent where none called
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SystemItem(String version, @Nullable String workloadManager) {}
}
