package dev.runyard.webapp.api.waitpoint;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.waitpoint.BlockOutcome;
import dev.runyard.engine.waitpoint.BlockRequest;
import dev.runyard.engine.waitpoint.CreateOutcome;
import dev.runyard.engine.waitpoint.Waitpoint;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.WaitBodies;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.ObjectBody;
import dev.runyard.webapp.api.shared.RunIds;
import dev.runyard.webapp.auth.ApiCaller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Waits that the code of a run asks for. Its client calls with the key of its environment.
@RestController
class WaitController {
    private final RunEngine engine;
    private final ObjectBody bodies;
    private final ReadWait readWait;
    private final WaitpointProperties properties;

    WaitController(RunEngine engine, ObjectBody bodies, ReadWait readWait, WaitpointProperties properties) {
        this.engine = engine;
        this.bodies = bodies;
        this.readWait = readWait;
        this.properties = properties;
    }

    /// @param waitUntil when the run goes on
    record DurationWait(Instant waitUntil, Reference waitpoint) {}

    /// @param id of a waitpoint
    record Reference(String id) {}

    /// Lets a run wait until a date.
    @Permit(to = Credential.KEY, scopes = "write:runs:{run}")
    @Accepts(WaitBodies.Until.class)
    @PostMapping("/engine/v1/runs/{run}/wait/duration")
    DurationWait waitUntil(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String run, HttpServletRequest request)
            throws IOException {
        RunId id = known(caller, run);
        var body = bodies.read(request, properties.createBytes());
        CreateOutcome outcome = engine.waits().create(readWait.date(caller.environmentId(), body));
        Waitpoint date = switch (outcome) {
            case CreateOutcome.Created(Waitpoint waitpoint, boolean _) -> waitpoint;
            case CreateOutcome.Refused(String sentence) -> throw ApiException.unprocessable(sentence);
        };
        block(caller, id, date.id());
        return new DurationWait(
                Objects.requireNonNullElse(date.dueAt(), date.createdAt()),
                new Reference(date.id().toString()));
    }

    /// Lets a run wait for a token.
    @Permit(to = Credential.KEY, scopes = "write:runs:{run}")
    @Accepts(Void.class)
    @PostMapping("/engine/v1/runs/{run}/waitpoints/tokens/{token}/wait")
    Map<String, Boolean> waitForToken(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String run, @PathVariable String token) {
        block(caller, known(caller, run), ReadWait.id(token).orElseThrow(ReadWait::notFound));
        return Map.of("success", true);
    }

    /// Looks before anything is made for a run that does not exist.
    private RunId known(ApiCaller caller, String run) {
        return RunIds.parse(run)
                .filter(id -> engine.queries().find(caller.environmentId(), id).isPresent())
                .orElseThrow(WaitController::runNotFound);
    }

    private void block(ApiCaller caller, RunId run, WaitpointId waitpoint) {
        switch (engine.waits().block(BlockRequest.of(caller.environmentId(), run, waitpoint))) {
            case BlockOutcome.Waiting _, BlockOutcome.GoesOn _ -> {}
            case BlockOutcome.Rejected(String sentence) -> throw ApiException.unprocessable(sentence);
            case BlockOutcome.UnknownRun _ -> throw runNotFound();
            case BlockOutcome.UnknownWaitpoints _ -> throw ReadWait.notFound();
        }
    }

    private static ApiException runNotFound() {
        return ApiException.of(HttpStatus.NOT_FOUND, "Run not found");
    }
}
