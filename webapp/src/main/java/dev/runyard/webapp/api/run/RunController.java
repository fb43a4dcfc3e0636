package dev.runyard.webapp.api.run;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.cancel.CancelOutcome;
import dev.runyard.engine.read.RunView;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.RunIds;
import dev.runyard.webapp.auth.ApiCaller;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// One run. A run of another environment is as unknown as one that does not exist.
@RestController
class RunController {
    private static final String CANCEL_REASON = "Canceled by user";

    private final RunEngine engine;
    private final RunAccess runs;
    private final RunResponses responses;

    RunController(RunEngine engine, RunAccess runs, RunResponses responses) {
        this.engine = engine;
        this.runs = runs;
        this.responses = responses;
    }

    /// What a call returns that only names a run.
    ///
    /// @param id the run
    record RunReference(String id) {}

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "read:runs:{run}",
            handlerDecides = true)
    @GetMapping("/api/v3/runs/{run}")
    RunResponse retrieve(@AuthenticationPrincipal ApiCaller caller, @PathVariable String run) {
        return responses.full(runs.readable(caller, run));
    }

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "write:runs:{run}",
            handlerDecides = true)
    @PostMapping({"/api/v2/runs/{run}/cancel", "/api/v1/runs/{run}/cancel"})
    RunReference cancel(@AuthenticationPrincipal ApiCaller caller, @PathVariable String run) {
        RunView view = find(caller, run).orElse(null);
        if (view == null) {
            RunAccess.requireForUnknown(caller, "write", run);
            throw notFound();
        }
        caller.require("write", RunAccess.resources(view));
        return switch (engine.cancel(caller.environmentId(), view.id(), CANCEL_REASON)) {
            case CancelOutcome.Canceled _, CancelOutcome.AlreadyFinished _ ->
                new RunReference(view.id().toString());
            case CancelOutcome.Unknown _ -> throw notFound();
        };
    }

    @Permit(to = Credential.KEY, scopes = "write:runs:{run}")
    @PostMapping("/api/v1/runs/{run}/replay")
    RunReference replay(@AuthenticationPrincipal ApiCaller caller, @PathVariable String run) {
        return RunIds.parse(run)
                .flatMap(id -> engine.replay(caller.environmentId(), id, "api"))
                .map(outcome -> switch (outcome) {
                    case TriggerOutcome.Accepted(RunId id, boolean _) -> new RunReference(id.toString());
                    case TriggerOutcome.Rejected(String sentence) -> throw ApiException.unprocessable(sentence);
                })
                .orElseThrow(RunController::notFound);
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

    private Optional<RunView> find(ApiCaller caller, String run) {
        return RunIds.parse(run).flatMap(id -> engine.queries().find(caller.environmentId(), id));
    }

    private static ApiException notFound() {
        return ApiException.of(HttpStatus.NOT_FOUND, "Run not found");
    }
}
