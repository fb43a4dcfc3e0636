package dev.runyard.webapp.control;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.gate.Queues;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The pause of an environment: what waits goes on waiting, what executes goes on.
@RestController
@Permit(to = Credential.SESSION)
@RequestMapping("/api/dashboard/v1/environments/{environment}/pause")
class PauseController {
    private final RunEngine engine;
    private final SignedInAccess access;

    PauseController(RunEngine engine, SignedInAccess access) {
        this.engine = engine;
        this.access = access;
    }

    /// @param since when the pause began, absent where there is none
    record Pause(boolean isPaused, @Nullable Instant since) {}

    @GetMapping
    Pause read(@AuthenticationPrincipal SignedInUser user, @PathVariable String environment) {
        return read(access.environment(user, environment, Role.VIEWER).id());
    }

    /// A second call changes nothing: the pause goes on since the first.
    @PutMapping
    Pause pause(
            @AuthenticationPrincipal SignedInUser user, @PathVariable String environment, HttpServletRequest request) {
        TenantEnvironment found = access.environment(user, environment, Role.DEVELOPER);
        queues().pauseEnvironment(found.id());
        access.note(user, request, SignedInAccess.Done.in(found, "environment.pause", found.slug()));
        return read(found.id());
    }

    @DeleteMapping
    Pause resume(
            @AuthenticationPrincipal SignedInUser user, @PathVariable String environment, HttpServletRequest request) {
        TenantEnvironment found = access.environment(user, environment, Role.DEVELOPER);
        queues().resumeEnvironment(found.id());
        access.note(user, request, SignedInAccess.Done.in(found, "environment.resume", found.slug()));
        return read(found.id());
    }

    private Pause read(EnvironmentId environment) {
        Optional<Instant> since = queues().pausedSince(environment);
        return new Pause(since.isPresent(), since.orElse(null));
    }

    private Queues queues() {
        return engine.queues();
    }
}
