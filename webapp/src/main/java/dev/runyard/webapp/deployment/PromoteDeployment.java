package dev.runyard.webapp.deployment;

import dev.runyard.engine.RunEngine;
import dev.runyard.protocol.id.EnvironmentId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes a version that was deployed before the one that new runs get.
@Component
class PromoteDeployment {
    private final DeploymentRepository deployments;
    private final DeclareVersion declareVersion;
    private final RouteRuns routeRuns;
    private final CurrentDeploymentRepository current;
    private final DeployedVersions versions;
    private final RunEngine engine;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    PromoteDeployment(
            DeploymentRepository deployments,
            DeclareVersion declareVersion,
            RouteRuns routeRuns,
            CurrentDeploymentRepository current,
            DeployedVersions versions,
            RunEngine engine,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.deployments = deployments;
        this.declareVersion = declareVersion;
        this.routeRuns = routeRuns;
        this.current = current;
        this.versions = versions;
        this.engine = engine;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// What became of it.
    sealed interface Outcome {
        record Promoted(Deployment deployment) implements Outcome {}

        record Unknown() implements Outcome {}

        record Refused(String sentence) implements Outcome {}
    }

    Outcome promote(EnvironmentId environment, String version, boolean allowsRollback) {
        Optional<Deployment> found = deployments.findByVersionAndEnvironmentId(version, environment.value());
        if (found.isEmpty()) {
            return new Outcome.Unknown();
        }
        Deployment deployment = found.get();
        UUID worker = deployment.backgroundWorkerId();
        if (deployment.status() != Deployment.Status.DEPLOYED || worker == null) {
            return new Outcome.Refused("Deployment " + version + " is " + deployment.status()
                    + "; only a deployment that is DEPLOYED can be promoted");
        }
        Optional<Deployment> now = deployments.findCurrent(environment.value());
        if (now.isPresent()
                && !allowsRollback
                && deployment.createdAt().isBefore(now.get().createdAt())) {
            return new Outcome.Refused("Deployment " + version + " is older than the current deployment "
                    + now.get().version() + "; pass allowRollbacks=true to go back to it");
        }
        Optional<String> refused = declareVersion.declare(environment, worker);
        if (refused.isPresent()) {
            return new Outcome.Refused(refused.get());
        }
        transactions.executeWithoutResult(
                _ -> current.promote(environment.value(), deployment.id(), worker, clock.instant()));
        versions.promoted(environment);
        routeRuns.route(environment, deployment.imageReference());
        engine.releaseParkedRuns(environment);
        return new Outcome.Promoted(deployment);
    }
}
