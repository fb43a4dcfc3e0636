package dev.runyard.webapp.control;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.AuditLog;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Finds what a person names in an address, and holds them to their role. What they do not belong to is unknown.
@Component
class SignedInAccess {
    private final Memberships memberships;
    private final Projects projects;
    private final AuditLog log;

    SignedInAccess(Memberships memberships, Projects projects, AuditLog log) {
        this.memberships = memberships;
        this.projects = projects;
        this.log = log;
    }

    TenantEnvironment environment(SignedInUser user, String id, Role needed) {
        TenantEnvironment environment =
                memberships.find(user.id(), parse(id)).orElseThrow(() -> unknown("environment"));
        boolean isOwn = user.id().equals(environment.place().owner());
        requireRole(user, environment.organization().id(), isOwn ? Role.DEVELOPER : needed);
        return environment;
    }

    UUID organization(SignedInUser user, String slugOrId, Role needed) {
        UUID id = projects.organization(slugOrId)
                .map(Projects.ListedOrganization::id)
                .orElseThrow(() -> unknown("organization"));
        requireRole(user, id, needed);
        return id;
    }

    Role role(SignedInUser user, UUID organization) {
        return memberships.role(user.id(), organization).orElseThrow(() -> unknown("organization"));
    }

    /// Notes what a person did.
    void note(SignedInUser user, HttpServletRequest request, Done done) {
        log.add(new AuditLog.Entry(
                done.organization(),
                done.environment(),
                new AuditLog.Actor("person", user.email(), request.getRemoteAddr()),
                done.action(),
                done.target(),
                null));
    }

    /// What a person did.
    record Done(UUID organization, @Nullable UUID environment, String action, String target) {
        static Done in(TenantEnvironment environment, String action, String target) {
            return new Done(environment.organization().id(), environment.id().value(), action, target);
        }
    }

    private void requireRole(SignedInUser user, UUID organization, Role needed) {
        Role role = role(user, organization);
        if (!role.includes(needed)) {
            throw ApiException.of(
                    HttpStatus.FORBIDDEN,
                    "You need the role " + needed + " in this organization, and have the role " + role + ".");
        }
    }

    static ApiException unknown(String what) {
        return ApiException.of(HttpStatus.NOT_FOUND, "There is no such " + what + ".");
    }

    static UUID uuid(String what, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw unknown(what);
        }
    }

    private static EnvironmentId parse(String text) {
        try {
            return EnvironmentId.parse(text);
        } catch (IllegalArgumentException _) {
            throw unknown("environment");
        }
    }
}
