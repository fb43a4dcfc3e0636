package dev.runyard.webapp.deployment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.protocol.worker.TaskRunExecution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The versions whose runs can be started, for the engine and for whoever shows a run.
///
/// A deployed version never changes and is cached until room is needed. The pointer to the current one is cached for as
/// long as another webapp's deployment may stay unnoticed here; this one's own deployments are noticed at once.
@Component
public class DeployedVersions implements WorkerVersions {
    private static final Duration CURRENT_STALENESS = Duration.ofSeconds(2);
    private static final TypeReference<List<QueueDeclaration>> QUEUES = new TypeReference<>() {};
    private static final int MAX_VERSIONS = 1_000;
    private static final int MAX_ENVIRONMENTS = 10_000;

    private final DeploymentRepository deployments;
    private final BackgroundWorkerRepository workers;
    private final CurrentDeploymentRepository pointers;
    private final JsonMapper json;
    private final Cache<WorkerVersionId, Deployed> byId =
            Caffeine.newBuilder().maximumSize(MAX_VERSIONS).build();
    private final Cache<Numbered, WorkerVersionId> byNumber =
            Caffeine.newBuilder().maximumSize(MAX_VERSIONS).build();
    private final Cache<EnvironmentId, Optional<WorkerVersionId>> current = Caffeine.newBuilder()
            .maximumSize(MAX_ENVIRONMENTS)
            .expireAfterWrite(CURRENT_STALENESS)
            .build();

    DeployedVersions(
            DeploymentRepository deployments,
            BackgroundWorkerRepository workers,
            CurrentDeploymentRepository pointers,
            JsonMapper json) {
        this.deployments = deployments;
        this.workers = workers;
        this.pointers = pointers;
        this.json = json;
    }

    @Override
    public Optional<WorkerVersion> current(EnvironmentId environment) {
        return current.get(environment, this::readPointer).flatMap(this::find);
    }

    @Override
    public Optional<WorkerVersion> find(WorkerVersionId id) {
        return deployed(id).map(Deployed::version);
    }

    @Override
    public Optional<WorkerVersion> findByNumber(EnvironmentId environment, String number) {
        Numbered key = new Numbered(environment, number);
        WorkerVersionId known = byNumber.getIfPresent(key);
        if (known != null) {
            return find(known);
        }
        Optional<WorkerVersion> read = workers.findByEnvironmentIdAndVersion(environment.value(), number)
                .map(worker -> new WorkerVersionId(worker.id()))
                .flatMap(this::find);
        read.ifPresent(version -> byNumber.put(key, version.id()));
        return read;
    }

    /// Several deployments may carry one external id; the newest of them is meant.
    @Override
    public Optional<WorkerVersion> findByExternalId(EnvironmentId environment, String externalId) {
        return deployments
                .findFirstByEnvironmentIdAndExternalIdAndStatusOrderByIdDesc(
                        environment.value(), externalId, Deployment.Status.DEPLOYED)
                .map(Deployment::backgroundWorkerId)
                .map(WorkerVersionId::new)
                .flatMap(this::find);
    }

    /// Describes the release of a version as task code sees it.
    public Optional<TaskRunExecution.Deployment> release(WorkerVersionId id) {
        return deployed(id).map(Deployed::release);
    }

    /// Forgets which version of an environment is the current one.
    void promoted(EnvironmentId environment) {
        current.invalidate(environment);
    }

    private Optional<WorkerVersionId> readPointer(EnvironmentId environment) {
        return pointers.findById(environment.value()).map(pointer -> new WorkerVersionId(pointer.backgroundWorkerId()));
    }

    private Optional<Deployed> deployed(WorkerVersionId id) {
        Deployed cached = byId.getIfPresent(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        // A version that is not deployed yet is not cached: it soon will be.
        Optional<Deployed> read = workers.findById(id.value()).flatMap(this::withDeployment);
        read.ifPresent(version -> byId.put(id, version));
        return read;
    }

    private Optional<Deployed> withDeployment(BackgroundWorker worker) {
        return deployments
                .findByBackgroundWorkerId(worker.id())
                .filter(deployment -> deployment.status() == Deployment.Status.DEPLOYED)
                .map(deployment -> new Deployed(toVersion(worker, deployment), toRelease(worker, deployment)));
    }

    private WorkerVersion toVersion(BackgroundWorker worker, Deployment deployment) {
        Map<String, TaskResource> tasks = worker.tasks().stream()
                .map(task -> json.readValue(task.definition(), TaskResource.class))
                .collect(Collectors.toMap(TaskResource::id, Function.identity()));
        return new WorkerVersion(
                new WorkerVersionId(worker.id()),
                worker.version(),
                new DeploymentId(deployment.id()),
                deployment.imageReference(),
                worker.runtime(),
                tasks,
                json.readValue(worker.queues(), QUEUES).stream()
                        .map(QueueDeclaration::name)
                        .collect(Collectors.toSet()));
    }

    private static TaskRunExecution.Deployment toRelease(BackgroundWorker worker, Deployment deployment) {
        return new TaskRunExecution.Deployment(
                new DeploymentId(deployment.id()).toString(),
                deployment.shortCode(),
                worker.version(),
                Objects.requireNonNullElse(worker.runtime(), deployment.runtime()),
                Objects.requireNonNullElse(worker.runtimeVersion(), ""));
    }

    private record Deployed(WorkerVersion version, TaskRunExecution.Deployment release) {}

    private record Numbered(EnvironmentId environment, String number) {}
}
