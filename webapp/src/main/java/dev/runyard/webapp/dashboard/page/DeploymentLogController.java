package dev.runyard.webapp.dashboard.page;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.dashboard.DashboardRuns;
import dev.runyard.webapp.dashboard.NotFound;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// What happened while a version was released, and why it failed if it did.
@RestController
@Permit(to = Credential.SESSION)
class DeploymentLogController {
    private final DeploymentLogQueries queries;
    private final DashboardRuns runs;

    DeploymentLogController(DeploymentLogQueries queries, DashboardRuns runs) {
        this.queries = queries;
        this.runs = runs;
    }

    @GetMapping("/api/dashboard/v1/environments/{environment}/deployments/{deployment}/log")
    DeploymentLog show(@PathVariable String environment, @PathVariable String deployment) {
        return parse(deployment)
                .flatMap(id -> queries.find(runs.environment(environment), id.value()))
                .map(DeploymentLog::of)
                .orElseThrow(() -> new NotFound("deployment"));
    }

    private static Optional<DeploymentId> parse(String text) {
        try {
            return Optional.of(DeploymentId.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
