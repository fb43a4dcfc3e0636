package dev.runyard.webapp.api.trigger;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.trigger.TriggerResponse;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.AuthProperties;
import dev.runyard.webapp.auth.PublicTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
class TriggerController {
    private final ReadTrigger readTrigger;
    private final UseTokenOnce useTokenOnce;
    private final RunEngine engine;
    private final PublicTokens tokens;
    private final AuthProperties auth;
    private final JsonMapper json;

    TriggerController(
            ReadTrigger readTrigger,
            UseTokenOnce useTokenOnce,
            RunEngine engine,
            PublicTokens tokens,
            AuthProperties auth,
            JsonMapper json) {
        this.readTrigger = readTrigger;
        this.useTokenOnce = useTokenOnce;
        this.engine = engine;
        this.tokens = tokens;
        this.auth = auth;
        this.json = json;
    }

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "trigger:tasks:{taskId}")
    @PostMapping("/api/v1/tasks/{taskId}/trigger")
    ResponseEntity<TriggerResponse> trigger(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String taskId, HttpServletRequest request)
            throws IOException {
        TriggerCommand command = readTrigger.read(caller, taskId, request);
        TriggerOutcome outcome = useTokenOnce.trigger(caller, command, engine::trigger);
        return switch (outcome) {
            case TriggerOutcome.Accepted(RunId runId, boolean isCached) -> accepted(caller, runId, isCached);
            case TriggerOutcome.Rejected(String sentence) -> throw ApiException.unprocessable(sentence);
        };
    }

    /// The official client takes the token of the first header; older ones sign the claims of the second themselves.
    private ResponseEntity<TriggerResponse> accepted(ApiCaller caller, RunId run, boolean isCached) {
        List<String> scopes = List.of("read:runs:" + run, "write:inputStreams:" + run);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", caller.environmentId().toString());
        claims.put("pub", true);
        claims.put("scopes", scopes);
        return ResponseEntity.ok()
                .header("x-trigger-jwt", tokens.sign(caller.environment(), scopes, auth.publicTokenLifetime()))
                .header("x-trigger-jwt-claims", json.writeValueAsString(claims))
                .body(new TriggerResponse(run.toString(), isCached));
    }
}
