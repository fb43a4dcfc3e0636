package dev.runyard.webapp.deployment;

import dev.runyard.engine.RunEngine;
import dev.runyard.protocol.id.EnvironmentId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes a version startable and, where wanted, the one that new runs get. Runs that waited for it are queued.
@Component
class ReleaseVersion {
    private final DeploymentRepository deployments;
    private final CurrentDeploymentRepository current;
    private final DeployedVersions versions;
    private final RouteRuns routeRuns;
    private final RunEngine engine;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    ReleaseVersion(
            DeploymentRepository deployments,
            CurrentDeploymentRepository current,
            DeployedVersions versions,
            RouteRuns routeRuns,
            RunEngine engine,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.deployments = deployments;
        this.current = current;
        this.versions = versions;
        this.routeRuns = routeRuns;
        this.engine = engine;
        this.transactions = transactions;
        this.clock = clock;
    }

    void release(Deployment deployment, String image, boolean isPromoted) {
        UUID workerId = Objects.requireNonNull(deployment.backgroundWorkerId(), "a release has its tasks");
        EnvironmentId environment = new EnvironmentId(deployment.environmentId());
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> {
            if (deployment.status() != Deployment.Status.DEPLOYED) {
                deployment.deployed(image, now);
                deployments.save(deployment);
            }
            if (isPromoted) {
                current.promote(deployment.environmentId(), deployment.id(), workerId, now);
            }
        });
        versions.promoted(environment);
        if (isPromoted) {
            routeRuns.route(environment, image);
        }
        engine.releaseParkedRuns(environment);
    }
}
