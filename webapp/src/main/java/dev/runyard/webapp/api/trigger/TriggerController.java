package dev.runyard.webapp.api.trigger;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.trigger.TriggerResponse;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.RunBodies;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.ObjectBody;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.TokenHeaders;
import dev.runyard.webapp.config.LimitsProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TriggerController {
    private final ReadRun readRun;
    private final ObjectBody bodies;
    private final LimitsProperties limits;
    private final OneTimeTokens oneTimeTokens;
    private final RunEngine engine;
    private final TokenHeaders tokenHeaders;

    TriggerController(
            ReadRun readRun,
            ObjectBody bodies,
            LimitsProperties limits,
            OneTimeTokens oneTimeTokens,
            RunEngine engine,
            TokenHeaders tokenHeaders) {
        this.readRun = readRun;
        this.bodies = bodies;
        this.limits = limits;
        this.oneTimeTokens = oneTimeTokens;
        this.engine = engine;
        this.tokenHeaders = tokenHeaders;
    }

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "trigger:tasks:{taskId}")
    @Accepts(RunBodies.Trigger.class)
    @PostMapping("/api/v1/tasks/{taskId}/trigger")
    ResponseEntity<TriggerResponse> trigger(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String taskId, HttpServletRequest request)
            throws IOException {
        TriggerCommand command = readRun.read(
                        ReadRun.Origin.of(caller, request), taskId, bodies.read(request, limits.payloadBytes()))
                .requestKey(RequestKey.of(request, taskId))
                .build();
        return switch (trigger(caller, command)) {
            case TriggerOutcome.Accepted(RunId runId, boolean isCached) -> accepted(caller, runId, isCached);
            case TriggerOutcome.Rejected(String sentence) -> throw ApiException.unprocessable(sentence);
        };
    }

    private TriggerOutcome trigger(ApiCaller caller, TriggerCommand command) {
        if (!oneTimeTokens.use(caller, command.requestKey())) {
            return new TriggerOutcome.Rejected(
                    "Cannot trigger " + command.taskId() + " with a one-time use token as it has already been used.");
        }
        TriggerOutcome outcome = engine.trigger(command);
        if (outcome instanceof TriggerOutcome.Rejected) {
            oneTimeTokens.giveBack(caller);
        }
        return outcome;
    }

    private ResponseEntity<TriggerResponse> accepted(ApiCaller caller, RunId run, boolean isCached) {
        List<String> scopes = List.of("read:runs:" + run, "write:inputStreams:" + run);
        return tokenHeaders
                .add(ResponseEntity.ok(), caller, scopes)
                .body(new TriggerResponse(run.toString(), isCached));
    }
}
