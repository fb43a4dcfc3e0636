package dev.runyard.webapp.deployment;

import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import dev.runyard.protocol.manifest.TaskResource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Makes the code of an environment's own worker its current version, in one step. A build that is the current version
/// already stays it, so that every process of an application may register at its start.
@Component
class RegisterOwnVersion {
    private final InitializeDeployment initializeDeployment;
    private final RegisterWorker registerWorker;
    private final FinalizeDeployment finalizeDeployment;
    private final DeploymentRepository deployments;
    private final BackgroundWorkerRepository workers;
    private final RouteRuns routeRuns;
    private final JsonMapper json;

    RegisterOwnVersion(
            InitializeDeployment initializeDeployment,
            RegisterWorker registerWorker,
            FinalizeDeployment finalizeDeployment,
            DeploymentRepository deployments,
            BackgroundWorkerRepository workers,
            RouteRuns routeRuns,
            JsonMapper json) {
        this.initializeDeployment = initializeDeployment;
        this.registerWorker = registerWorker;
        this.finalizeDeployment = finalizeDeployment;
        this.deployments = deployments;
        this.workers = workers;
        this.routeRuns = routeRuns;
        this.json = json;
    }

    DeploymentOutcome<BackgroundWorker> register(
            EnvironmentId environment, @Nullable BackgroundWorkerMetadata metadata) {
        List<ManifestProblem> problems = ManifestCheck.check(metadata);
        if (metadata == null || !problems.isEmpty()) {
            return new DeploymentOutcome.Invalid<>(problems);
        }
        Optional<BackgroundWorker> current = current(environment).filter(known -> isSame(known, metadata));
        if (current.isPresent()) {
            routeRuns.route(environment, WorkerVersion.OWN_WORKERS);
            return new DeploymentOutcome.Done<>(current.get());
        }
        DeploymentOutcome<Deployment> begun = initializeDeployment.initialize(
                environment,
                new InitializeDeploymentRequest(
                        metadata.contentHash(),
                        WorkerVersion.OWN_WORKERS,
                        Objects.requireNonNullElse(metadata.runtime(), "java"),
                        null));
        return switch (begun) {
            case DeploymentOutcome.Done<Deployment>(var deployment) ->
                finish(environment, new DeploymentId(deployment.id()), metadata);
            case DeploymentOutcome.Invalid<Deployment>(var wrong) -> new DeploymentOutcome.Invalid<>(wrong);
            case DeploymentOutcome.Unknown<Deployment> _ -> new DeploymentOutcome.Unknown<>();
            case DeploymentOutcome.OutOfOrder<Deployment>(var sentence) -> new DeploymentOutcome.OutOfOrder<>(sentence);
        };
    }

    private DeploymentOutcome<BackgroundWorker> finish(
            EnvironmentId environment, DeploymentId deployment, BackgroundWorkerMetadata metadata) {
        DeploymentOutcome<BackgroundWorker> registered = registerWorker.register(environment, deployment, metadata);
        if (!(registered instanceof DeploymentOutcome.Done<BackgroundWorker>)) {
            return registered;
        }
        var request = new FinalizeDeploymentRequest(WorkerVersion.OWN_WORKERS, null, null);
        return switch (finalizeDeployment.finalizeDeployment(environment, deployment, request)) {
            case DeploymentOutcome.Done<Deployment> _ -> registered;
            case DeploymentOutcome.Invalid<Deployment>(var wrong) -> new DeploymentOutcome.Invalid<>(wrong);
            case DeploymentOutcome.Unknown<Deployment> _ -> new DeploymentOutcome.Unknown<>();
            case DeploymentOutcome.OutOfOrder<Deployment>(var sentence) -> new DeploymentOutcome.OutOfOrder<>(sentence);
        };
    }

    private Optional<BackgroundWorker> current(EnvironmentId environment) {
        return deployments
                .findCurrent(environment.value())
                .filter(deployment -> WorkerVersion.OWN_WORKERS.equals(deployment.imageReference()))
                .map(Deployment::backgroundWorkerId)
                .flatMap(workers::findById);
    }

    /// Official tools hash the code, ours may hash the definitions alone: both must be equal.
    private boolean isSame(BackgroundWorker known, BackgroundWorkerMetadata metadata) {
        List<TaskResource> tasks = known.tasks().stream()
                .map(task -> json.readValue(task.definition(), TaskResource.class))
                .toList();
        return known.contentHash().equals(metadata.contentHash())
                && tasks.size() == metadata.tasks().size()
                && tasks.containsAll(metadata.tasks());
    }
}
