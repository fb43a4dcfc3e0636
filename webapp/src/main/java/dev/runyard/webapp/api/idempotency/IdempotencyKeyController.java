package dev.runyard.webapp.api.idempotency;

import dev.runyard.engine.RunEngine;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.RunBodies;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.ObjectBody;
import dev.runyard.webapp.api.shared.StorableText;
import dev.runyard.webapp.auth.ApiCaller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class IdempotencyKeyController {
    private static final int MAX_BODY = 65_536;

    private final RunEngine engine;
    private final ObjectBody bodies;

    IdempotencyKeyController(RunEngine engine, ObjectBody bodies) {
        this.engine = engine;
        this.bodies = bodies;
    }

    /// Frees a key: the next trigger with it makes a new run.
    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "write:runs")
    @Accepts(RunBodies.ResetKey.class)
    @PostMapping("/api/v1/idempotencyKeys/{key}/reset")
    Map<String, String> reset(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String key, HttpServletRequest request)
            throws IOException {
        JsonMembers body = bodies.read(request, MAX_BODY);
        String task = body.text("taskIdentifier").orElseThrow(() -> body.invalid("taskIdentifier", "is missing"));
        return engine.resetIdempotencyKey(caller.environmentId(), task, StorableText.check("key", key))
                .map(_ -> Map.of("id", key))
                .orElseThrow(() -> ApiException.of(
                        HttpStatus.NOT_FOUND, "No runs found with idempotency key: " + key + " and task: " + task));
    }
}
