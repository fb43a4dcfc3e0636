package dev.runyard.webapp.api.run;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.cancel.CancelOutcome;
import dev.runyard.engine.read.RunView;
import dev.runyard.engine.trigger.ReplayCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.RunBodies;
import dev.runyard.webapp.api.project.Audit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.ObjectBody;
import dev.runyard.webapp.api.shared.RunIds;
import dev.runyard.webapp.api.trigger.ReadReplay;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.config.LimitsProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// What people do to runs: end one, repeat one. Both are recorded.
@RestController
class RunActionController {
    private static final String CANCEL_REASON = "Canceled by user";

    private final RunEngine engine;
    private final ReadReplay readReplay;
    private final ObjectBody bodies;
    private final LimitsProperties limits;
    private final Audit audit;

    RunActionController(
            RunEngine engine, ReadReplay readReplay, ObjectBody bodies, LimitsProperties limits, Audit audit) {
        this.engine = engine;
        this.readReplay = readReplay;
        this.bodies = bodies;
        this.limits = limits;
        this.audit = audit;
    }

    /// What a call returns that only names a run.
    ///
    /// @param id the run
    record RunReference(String id) {}

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "write:runs:{run}",
            handlerDecides = true)
    @Accepts(Void.class)
    @PostMapping({"/api/v2/runs/{run}/cancel", "/api/v1/runs/{run}/cancel"})
    RunReference cancel(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String run, HttpServletRequest request) {
        RunView view = RunIds.parse(run)
                .flatMap(id -> engine.queries().find(caller.environmentId(), id))
                .orElse(null);
        if (view == null) {
            RunAccess.requireForUnknown(caller, "write", run);
            throw notFound();
        }
        caller.require("write", RunAccess.resources(view));
        RunReference reference = new RunReference(view.id().toString());
        return switch (engine.cancel(caller.environmentId(), view.id(), CANCEL_REASON)) {
            case CancelOutcome.Canceled _ -> {
                note(caller, request, new Audit.Change("run.cancel", reference.id(), view.taskId()));
                yield reference;
            }
            case CancelOutcome.AlreadyFinished _ -> reference;
            case CancelOutcome.Unknown _ -> throw notFound();
        };
    }

    /// Newer clients may send what shall be different.
    @Permit(to = Credential.KEY, scopes = "write:runs:{run}")
    @Accepts(value = RunBodies.Replay.class, optional = true)
    @PostMapping("/api/v1/runs/{run}/replay")
    RunReference replay(@AuthenticationPrincipal ApiCaller caller, @PathVariable String run, HttpServletRequest request)
            throws IOException {
        UnaryOperator<TriggerCommandBuilder> changes =
                readReplay.read(caller, bodies.readOptional(request, limits.payloadBytes()));
        TriggerOutcome outcome = RunIds.parse(run)
                .map(id -> ReplayCommand.of(caller.environmentId(), id, "api").changing(changes))
                .flatMap(engine::replay)
                .orElseThrow(RunActionController::notFound);
        return switch (outcome) {
            case TriggerOutcome.Accepted(RunId id, boolean _) -> {
                note(caller, request, new Audit.Change("run.replay", run, "as " + id));
                yield new RunReference(id.toString());
            }
            case TriggerOutcome.Rejected(String sentence) -> throw ApiException.unprocessable(sentence);
        };
    }

    private void note(ApiCaller caller, HttpServletRequest request, Audit.Change change) {
        audit.add(caller, request, caller.environment(), change);
    }

    private static ApiException notFound() {
        return ApiException.of(HttpStatus.NOT_FOUND, "Run not found");
    }
}
