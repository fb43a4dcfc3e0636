package dev.runyard.webapp.control;

import dev.runyard.engine.RunEngine;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.AssignWorkerGroup;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/// Which worker group takes the runs of an environment. What waits goes over to it, what executes ends where it is.
@RestController
@Permit(to = Credential.SESSION)
class AssignmentController {
    private static final int MAX_BODY = 4_096;

    private final AssignWorkerGroup assignWorkerGroup;
    private final RunEngine engine;
    private final SignedInAccess access;
    private final JsonBody bodies;

    AssignmentController(
            AssignWorkerGroup assignWorkerGroup, RunEngine engine, SignedInAccess access, JsonBody bodies) {
        this.assignWorkerGroup = assignWorkerGroup;
        this.engine = engine;
        this.access = access;
        this.bodies = bodies;
    }

    /// @param name of a group of the organization, or of the installation's
    record AssignmentRequest(@Nullable String name) {}

    @PutMapping("/api/dashboard/v1/environments/{environment}/worker-group")
    ResponseEntity<Void> assign(
            @AuthenticationPrincipal SignedInUser user, @PathVariable String environment, HttpServletRequest request)
            throws IOException {
        TenantEnvironment found = access.environment(user, environment, Role.ADMIN);
        String group = Objects.requireNonNullElse(
                bodies.read(request, MAX_BODY, AssignmentRequest.class).name(), "");
        List<EnvironmentId> changed = assignWorkerGroup.assign(found, group);
        if (changed.isEmpty()) {
            throw ApiException.invalidBody("name", "must be that of a worker group of the organization, or main");
        }
        changed.forEach(engine::moveRuns);
        access.note(user, request, SignedInAccess.Done.in(found, "environment.worker-group", group));
        return ResponseEntity.noContent().build();
    }
}
