package dev.runyard.webapp.deployment;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.protocol.id.EnvironmentId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Makes a version that was deployed before the one that new runs get.
@Component
class PromoteDeployment {
    private static final TypeReference<List<QueueDeclaration>> QUEUES = new TypeReference<>() {};

    private final DeploymentRepository deployments;
    private final BackgroundWorkerRepository workers;
    private final CurrentDeploymentRepository current;
    private final DeployedVersions versions;
    private final RunEngine engine;
    private final TransactionTemplate transactions;
    private final JsonMapper json;
    private final InstantSource clock;

    PromoteDeployment(
            DeploymentRepository deployments,
            BackgroundWorkerRepository workers,
            CurrentDeploymentRepository current,
            DeployedVersions versions,
            RunEngine engine,
            TransactionTemplate transactions,
            JsonMapper json,
            InstantSource clock) {
        this.deployments = deployments;
        this.workers = workers;
        this.current = current;
        this.versions = versions;
        this.engine = engine;
        this.transactions = transactions;
        this.json = json;
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
        String queues = workers.findById(worker).orElseThrow().queues();
        engine.declareQueues(environment, json.readValue(queues, QUEUES));
        transactions.executeWithoutResult(
                _ -> current.promote(environment.value(), deployment.id(), worker, clock.instant()));
        versions.promoted(environment);
        engine.releaseParkedRuns(environment);
        return new Outcome.Promoted(deployment);
    }
}
