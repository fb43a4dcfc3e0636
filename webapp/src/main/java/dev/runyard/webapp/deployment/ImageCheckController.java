package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.worker.ImageCheckResult;
import dev.runyard.protocol.worker.ImageChecksResponse;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.auth.WorkerIdentity;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Supervisors ask here for images that they are to try, and say what came of it.
@RestController
@Permit(to = Credential.WORKER)
@RequestMapping("/engine/v1/worker-actions/image-checks")
class ImageCheckController {
    private final CheckImage checkImage;
    private final ManifestBodies bodies;

    ImageCheckController(CheckImage checkImage, ManifestBodies bodies) {
        this.checkImage = checkImage;
        this.bodies = bodies;
    }

    @PostMapping("/take")
    ImageChecksResponse take(@AuthenticationPrincipal WorkerIdentity worker) {
        return new ImageChecksResponse(checkImage.take(worker));
    }

    @PostMapping("/{deployment}/result")
    ResponseEntity<?> result(
            @AuthenticationPrincipal WorkerIdentity worker,
            @PathVariable String deployment,
            @RequestBody(required = false) byte @Nullable [] body) {
        return switch (bodies.read(body, ImageCheckResult.class)) {
            case ManifestBodies.Body.Unreadable<ImageCheckResult>(var problems) -> DeploymentErrors.invalid(problems);
            case ManifestBodies.Body.Read<ImageCheckResult>(var result) ->
                isNoted(worker, deployment, result)
                        ? ResponseEntity.ok(Map.of("ok", true))
                        : DeploymentErrors.notFound();
        };
    }

    private boolean isNoted(WorkerIdentity worker, String deployment, ImageCheckResult result) {
        try {
            return checkImage.note(worker, DeploymentId.parse(deployment), result);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
