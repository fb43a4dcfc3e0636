package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.manifest.CreateBackgroundWorkerRequest;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.Answers;
import dev.runyard.webapp.auth.ApiCaller;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The version of an environment's own worker: an application that executes its runs itself, or a developer's session.
@RestController
class OwnVersionController {
    private final RegisterOwnVersion registerOwnVersion;
    private final ManifestBodies bodies;

    OwnVersionController(RegisterOwnVersion registerOwnVersion, ManifestBodies bodies) {
        this.registerOwnVersion = registerOwnVersion;
        this.bodies = bodies;
    }

    @Permit(to = Credential.KEY, scopes = "write:deployments")
    @Accepts(CreateBackgroundWorkerRequest.class)
    @Answers(RegisterWorkerResponse.class)
    @PostMapping("/api/v1/projects/{project}/background-workers")
    ResponseEntity<?> register(
            @AuthenticationPrincipal ApiCaller caller,
            @PathVariable String project,
            @RequestBody(required = false) byte @Nullable [] body) {
        if (!caller.environment().project().ref().equals(project)) {
            return DeploymentErrors.projectNotFound();
        }
        return switch (bodies.read(body, CreateBackgroundWorkerRequest.class)) {
            case ManifestBodies.Body.Unreadable<CreateBackgroundWorkerRequest>(var problems) ->
                DeploymentErrors.invalid(problems);
            case ManifestBodies.Body.Read<CreateBackgroundWorkerRequest>(var request) ->
                answer(registerOwnVersion.register(caller.environmentId(), request.metadata()));
        };
    }

    private static ResponseEntity<?> answer(DeploymentOutcome<BackgroundWorker> outcome) {
        return switch (outcome) {
            case DeploymentOutcome.Done<BackgroundWorker>(var worker) ->
                ResponseEntity.ok(new RegisterWorkerResponse(
                        new WorkerVersionId(worker.id()), worker.version(), worker.contentHash()));
            case DeploymentOutcome.Invalid<BackgroundWorker>(var problems) -> DeploymentErrors.invalid(problems);
            case DeploymentOutcome.Unknown<BackgroundWorker> _ -> DeploymentErrors.notFound();
            case DeploymentOutcome.OutOfOrder<BackgroundWorker>(var sentence) -> DeploymentErrors.outOfOrder(sentence);
        };
    }
}
