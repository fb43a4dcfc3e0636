package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Stores the tasks of a build. A repeated call with the same build gets the version that the first one made.
@Component
class RegisterWorker {
    private final DeploymentRepository deployments;
    private final BackgroundWorkerRepository workers;
    private final TransactionTemplate transactions;
    private final JsonMapper json;
    private final TimeOrderedIds ids;
    private final InstantSource clock;

    RegisterWorker(
            DeploymentRepository deployments,
            BackgroundWorkerRepository workers,
            TransactionTemplate transactions,
            JsonMapper json,
            InstantSource clock) {
        this.deployments = deployments;
        this.workers = workers;
        this.transactions = transactions;
        this.json = json;
        this.ids = new TimeOrderedIds(clock);
        this.clock = clock;
    }

    DeploymentOutcome<BackgroundWorker> register(
            EnvironmentId environment, DeploymentId id, @Nullable BackgroundWorkerMetadata metadata) {
        List<ManifestProblem> problems = ManifestCheck.check(metadata);
        if (metadata == null || !problems.isEmpty()) {
            return new DeploymentOutcome.Invalid<>(problems);
        }
        Registration registration = Registration.of(metadata, json);
        return transactions.execute(_ -> deployments
                .findByIdAndEnvironmentId(id.value(), environment.value())
                .map(deployment -> store(deployment, registration))
                .orElseGet(DeploymentOutcome.Unknown::new));
    }

    private DeploymentOutcome<BackgroundWorker> store(Deployment deployment, Registration registration) {
        UUID known = deployment.backgroundWorkerId();
        if (known != null) {
            Optional<BackgroundWorker> same = workers.findById(known)
                    .filter(worker ->
                            worker.contentHash().equals(registration.metadata().contentHash()));
            return same.<DeploymentOutcome<BackgroundWorker>>map(DeploymentOutcome.Done::new)
                    .orElseGet(() -> new DeploymentOutcome.OutOfOrder<>("Deployment " + deployment.version()
                            + " has its tasks already, from another build. Begin a new deployment."));
        }
        BackgroundWorker worker =
                workers.save(new BackgroundWorker(ids.next(), deployment, registration, clock.instant()));
        deployment.registered(worker.id());
        deployments.save(deployment);
        return new DeploymentOutcome.Done<>(worker);
    }
}
