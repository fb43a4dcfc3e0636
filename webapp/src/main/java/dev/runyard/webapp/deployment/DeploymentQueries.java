package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.EnvironmentId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Reads deployments of an environment.
@Component
class DeploymentQueries {
    private final DeploymentRepository deployments;

    DeploymentQueries(DeploymentRepository deployments) {
        this.deployments = deployments;
    }

    Optional<DeploymentView> current(EnvironmentId environment) {
        return deployments.findCurrent(environment.value()).map(DeploymentView::of);
    }

    Optional<Deployment> latest(EnvironmentId environment) {
        return deployments.findFirstByEnvironmentIdOrderByIdDesc(environment.value());
    }

    Optional<DeploymentView> find(EnvironmentId environment, DeploymentId id) {
        return deployments
                .findByIdAndEnvironmentId(id.value(), environment.value())
                .map(DeploymentView::of);
    }
}
