package dev.runyard.webapp.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.project.Audit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.auth.ApiCaller;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Which version of an environment new runs get.
@RestController
class PromotionController {
    private final PromoteDeployment promoteDeployment;
    private final DeploymentQueries queries;
    private final Audit audit;

    PromotionController(PromoteDeployment promoteDeployment, DeploymentQueries queries, Audit audit) {
        this.promoteDeployment = promoteDeployment;
        this.queries = queries;
        this.audit = audit;
    }

    record Promoted(DeploymentId id, String version, String shortCode) {}

    /// @param imageReference what supervisors start
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Latest(
            DeploymentId id,
            String status,
            String contentHash,
            String shortCode,
            String version,
            @Nullable String imageReference) {}

    @Permit(to = Credential.KEY, scopes = "write:deployments")
    @Accepts(Void.class)
    @PostMapping("/api/v1/deployments/{version}/promote")
    Promoted promote(
            @AuthenticationPrincipal ApiCaller caller,
            @PathVariable String version,
            @RequestParam(defaultValue = "false") String allowRollbacks,
            HttpServletRequest request) {
        return switch (promoteDeployment.promote(
                caller.environmentId(), version, Boolean.parseBoolean(allowRollbacks))) {
            case PromoteDeployment.Outcome.Promoted(Deployment done) -> {
                audit.add(caller, request, caller.environment(), new Audit.Change("deployment.promote", version, null));
                yield new Promoted(new DeploymentId(done.id()), done.version(), done.shortCode());
            }
            case PromoteDeployment.Outcome.Unknown _ ->
                throw ApiException.of(HttpStatus.NOT_FOUND, "Deployment not found");
            case PromoteDeployment.Outcome.Refused(String sentence) ->
                throw ApiException.of(HttpStatus.BAD_REQUEST, sentence);
        };
    }

    @Permit(to = Credential.KEY, scopes = "read:deployments")
    @GetMapping("/api/v1/deployments/latest")
    Latest latest(@AuthenticationPrincipal ApiCaller caller) {
        return queries.latest(caller.environmentId())
                .map(one -> new Latest(
                        new DeploymentId(one.id()),
                        one.status().name(),
                        one.contentHash(),
                        one.shortCode(),
                        one.version(),
                        one.imageReference()))
                .orElseThrow(() -> ApiException.of(HttpStatus.NOT_FOUND, "Deployment not found"));
    }
}
