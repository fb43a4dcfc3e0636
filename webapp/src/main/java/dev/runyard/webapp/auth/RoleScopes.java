package dev.runyard.webapp.auth;

import dev.runyard.webapp.tenant.Role;
import java.util.List;
import java.util.stream.Stream;

/// What the roles of an organization let people do on the dashboard, in the words of scopes. Secret keys are no part of
/// any: who may see those is decided where they are made.
final class RoleScopes {
    private static final List<String> SEEN =
            List.of("runs", "tasks", "batch", "queues", "schedules", "waitpoints", "deployments");
    private static final List<Scope> VIEWER =
            SEEN.stream().map(type -> new Scope("read", type, null)).toList();
    private static final List<Scope> DEVELOPER = Stream.concat(SEEN.stream(), Stream.of("envvars"))
            .map(type -> new Scope("*", type, null))
            .toList();

    private RoleScopes() {}

    static List<Scope> of(Role role) {
        return role.includes(Role.DEVELOPER) ? DEVELOPER : VIEWER;
    }
}
