package dev.runyard.webapp.api.run;

import dev.runyard.engine.RunEngine;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.RunIds;
import dev.runyard.webapp.auth.ApiCaller;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// One run. A run of another environment is as unknown as one that does not exist.
@RestController
class RunController {
    private final RunEngine engine;
    private final RunAccess runs;
    private final RunResponses responses;

    RunController(RunEngine engine, RunAccess runs, RunResponses responses) {
        this.engine = engine;
        this.runs = runs;
        this.responses = responses;
    }

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "read:runs:{run}",
            handlerDecides = true)
    @GetMapping("/api/v3/runs/{run}")
    RunResponse retrieve(@AuthenticationPrincipal ApiCaller caller, @PathVariable String run) {
        return responses.full(runs.readable(caller, run));
    }

    @Permit(to = Credential.KEY, scopes = "read:runs:{run}")
    @GetMapping("/api/v1/runs/{run}/result")
    RunResult result(@AuthenticationPrincipal ApiCaller caller, @PathVariable String run) {
        return RunIds.parse(run)
                .flatMap(id -> engine.queries().detail(caller.environmentId(), id))
                .filter(detail -> detail.view().status().isFinal())
                .map(RunResult::of)
                .orElseThrow(
                        () -> ApiException.of(HttpStatus.NOT_FOUND, "Run either doesn't exist or is not finished"));
    }
}
