package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.manifest.CreateBackgroundWorkerRequest;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.Answers;
import dev.runyard.webapp.auth.ApiCaller;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Releases of the environment whose secret key the caller has.
@RestController
@RequestMapping("/api/v1/deployments")
class DeploymentController {
    private final InitializeDeployment initializeDeployment;
    private final RegisterWorker registerWorker;
    private final FinalizeDeployment finalizeDeployment;
    private final ForeseeStart foreseeStart;
    private final DeploymentQueries queries;
    private final ManifestBodies bodies;

    DeploymentController(
            InitializeDeployment initializeDeployment,
            RegisterWorker registerWorker,
            FinalizeDeployment finalizeDeployment,
            ForeseeStart foreseeStart,
            DeploymentQueries queries,
            ManifestBodies bodies) {
        this.initializeDeployment = initializeDeployment;
        this.registerWorker = registerWorker;
        this.finalizeDeployment = finalizeDeployment;
        this.foreseeStart = foreseeStart;
        this.queries = queries;
        this.bodies = bodies;
    }

    @Permit(to = Credential.KEY, scopes = "write:deployments")
    @Accepts(InitializeDeploymentRequest.class)
    @Answers(InitializeDeploymentResponse.class)
    @PostMapping
    ResponseEntity<?> initialize(
            @AuthenticationPrincipal ApiCaller caller, @RequestBody(required = false) byte @Nullable [] body) {
        return answer(
                bodies.read(body, InitializeDeploymentRequest.class),
                request -> initializeDeployment.initialize(caller.environmentId(), request),
                InitializeDeploymentResponse::of);
    }

    @Permit(to = Credential.KEY, scopes = "write:deployments")
    @Accepts(CreateBackgroundWorkerRequest.class)
    @Answers(RegisterWorkerResponse.class)
    @PostMapping("/{deployment}/background-workers")
    ResponseEntity<?> register(
            @AuthenticationPrincipal ApiCaller caller,
            @PathVariable String deployment,
            @RequestBody(required = false) byte @Nullable [] body) {
        return answer(
                bodies.read(body, CreateBackgroundWorkerRequest.class),
                request -> withId(
                        deployment, id -> registerWorker.register(caller.environmentId(), id, request.metadata())),
                worker -> new RegisterWorkerResponse(
                        new WorkerVersionId(worker.id()), worker.version(), worker.contentHash()));
    }

    @Permit(to = Credential.KEY, scopes = "write:deployments")
    @Accepts(FinalizeDeploymentRequest.class)
    @Answers(FinalizeDeploymentResponse.class)
    @PostMapping("/{deployment}/finalize")
    ResponseEntity<?> finish(
            @AuthenticationPrincipal ApiCaller caller,
            @PathVariable String deployment,
            @RequestBody(required = false) byte @Nullable [] body) {
        return answer(
                bodies.read(body, FinalizeDeploymentRequest.class),
                request -> withId(
                        deployment, id -> finalizeDeployment.finalizeDeployment(caller.environmentId(), id, request)),
                this::finished);
    }

    private FinalizeDeploymentResponse finished(Deployment deployment) {
        String image = deployment.imageReference();
        String warning = image == null ? null : foreseeStart.warning(image).orElse(null);
        return new FinalizeDeploymentResponse(new DeploymentId(deployment.id()), deployment.version(), warning);
    }

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "read:deployments")
    @GetMapping("/current")
    ResponseEntity<?> current(@AuthenticationPrincipal ApiCaller caller) {
        return shown(queries.current(caller.environmentId()));
    }

    @Permit(to = Credential.KEY, scopes = "read:deployments")
    @GetMapping("/{deployment}")
    ResponseEntity<?> show(@AuthenticationPrincipal ApiCaller caller, @PathVariable String deployment) {
        return shown(parse(deployment).flatMap(id -> queries.find(caller.environmentId(), id)));
    }

    private static ResponseEntity<?> shown(Optional<DeploymentView> deployment) {
        return deployment.<ResponseEntity<?>>map(ResponseEntity::ok).orElseGet(DeploymentErrors::notFound);
    }

    private static <B, T> ResponseEntity<?> answer(
            ManifestBodies.Body<B> body, Function<B, DeploymentOutcome<T>> step, Function<T, Object> response) {
        return switch (body) {
            case ManifestBodies.Body.Unreadable<B>(var problems) -> DeploymentErrors.invalid(problems);
            case ManifestBodies.Body.Read<B>(var request) ->
                switch (step.apply(request)) {
                    case DeploymentOutcome.Done<T>(var value) -> ResponseEntity.ok(response.apply(value));
                    case DeploymentOutcome.Invalid<T>(var problems) -> DeploymentErrors.invalid(problems);
                    case DeploymentOutcome.Unknown<T> _ -> DeploymentErrors.notFound();
                    case DeploymentOutcome.OutOfOrder<T>(var sentence) -> DeploymentErrors.outOfOrder(sentence);
                };
        };
    }

    private static <T> DeploymentOutcome<T> withId(String text, Function<DeploymentId, DeploymentOutcome<T>> step) {
        return parse(text).map(step).orElseGet(DeploymentOutcome.Unknown::new);
    }

    private static Optional<DeploymentId> parse(String text) {
        try {
            return Optional.of(DeploymentId.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
