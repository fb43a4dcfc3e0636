package dev.runyard.engine;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.manifest.TaskResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Environments and versions for tests of the engine.
public final class InMemoryControlPlane {
    private final Map<EnvironmentId, EnvironmentSettings> settings = new ConcurrentHashMap<>();
    private final Set<EnvironmentId> disconnected = ConcurrentHashMap.newKeySet();
    private final Map<WorkerVersionId, WorkerVersion> byId = new ConcurrentHashMap<>();
    private final Map<String, WorkerVersion> byExternalId = new ConcurrentHashMap<>();
    private final Map<EnvironmentId, WorkerVersion> current = new ConcurrentHashMap<>();

    public EnvironmentId addEnvironment(String type, int concurrency) {
        EnvironmentId id = new EnvironmentId(UUID.randomUUID());
        settings.put(id, new EnvironmentSettings(id, type, concurrency, false, EnvironmentSettings.MAIN_WORKER_QUEUE));
        return id;
    }

    public void change(EnvironmentId id, int concurrency, boolean isPaused) {
        EnvironmentSettings old = Objects.requireNonNull(settings.get(id));
        settings.put(id, new EnvironmentSettings(id, old.type(), concurrency, isPaused, old.workerQueue()));
    }

    /// Makes the workers of another worker queue serve an environment.
    public void moveTo(EnvironmentId id, String workerQueue) {
        settings.computeIfPresent(
                id,
                (_, old) ->
                        new EnvironmentSettings(id, old.type(), old.concurrencyLimit(), old.isPaused(), workerQueue));
    }

    /// Lets schedules of an environment trigger nothing, as if its developer had gone home.
    public void disconnect(EnvironmentId id) {
        disconnected.add(id);
    }

    /// Changes an environment by a function of its settings.
    public void change(EnvironmentId id, UnaryOperator<EnvironmentSettings> change) {
        settings.computeIfPresent(id, (_, old) -> change.apply(old));
    }

    public void remove(EnvironmentId id) {
        settings.remove(id);
    }

    /// Makes a version with these tasks the current one.
    public WorkerVersion deploy(EnvironmentId environment, TaskResource... tasks) {
        return deployImage(environment, "bundle:/tasks", tasks);
    }

    /// Makes a version the current one that workers of the environment have.
    public WorkerVersion deployToOwnWorkers(EnvironmentId environment, TaskResource... tasks) {
        moveTo(environment, EnvironmentSettings.ownWorkerQueue(environment));
        return deployImage(environment, WorkerVersion.OWN_WORKERS, tasks);
    }

    private WorkerVersion deployImage(EnvironmentId environment, String image, TaskResource... tasks) {
        WorkerVersion version = new WorkerVersion(
                new WorkerVersionId(UUID.randomUUID()),
                "20260801." + (byId.size() + 1),
                new DeploymentId(UUID.randomUUID()),
                image,
                "java",
                Stream.of(tasks).collect(Collectors.toMap(TaskResource::id, Function.identity())),
                Set.of("declared"));
        byId.put(version.id(), version);
        current.put(environment, version);
        return version;
    }

    /// Deploys a version under an external id; it does not become the current one.
    public WorkerVersion deployAs(EnvironmentId environment, String externalId, TaskResource... tasks) {
        WorkerVersion version = prepare(environment, tasks);
        finish(environment, externalId, version);
        return version;
    }

    /// Makes a version that is not the current one.
    public WorkerVersion prepare(EnvironmentId environment, TaskResource... tasks) {
        WorkerVersion before = current.get(environment);
        WorkerVersion version = deploy(environment, tasks);
        if (before == null) {
            current.remove(environment);
        } else {
            current.put(environment, before);
        }
        return version;
    }

    /// Finishes a deployment under an external id; the highest number stays the one that is found.
    public void finish(EnvironmentId environment, String externalId, WorkerVersion version) {
        byExternalId.merge(
                environment + externalId, version, (a, b) -> a.number().compareTo(b.number()) > 0 ? a : b);
    }

    /// Makes a version unknown, as if its deployment were gone.
    public void withdraw(WorkerVersion version) {
        byId.remove(version.id());
    }

    public void restore(WorkerVersion version) {
        byId.put(version.id(), version);
    }

    public static TaskResource task(String id) {
        return task(id, new RetryOptions(3, 2.0, 1_000L, 60_000L, false, new RetryOptions.OutOfMemory("large-1x")));
    }

    public static TaskResource task(String id, RetryOptions retry) {
        return new TaskResource(id, null, "Tasks.java", null, null, null, retry, null, null, null, null);
    }

    public static TaskResource scheduledTask(String id) {
        TaskResource task = task(id);
        return new TaskResource(id, null, "Tasks.java", null, null, null, task.retry(), null, null, null, "schedule");
    }

    public static TaskResource taskWithLimits(String id, Integer maxDuration, String ttl) {
        return new TaskResource(
                id, null, "Tasks.java", null, null, null, RetryOptions.DEFAULT, null, maxDuration, ttl, null);
    }

    /// A control plane with a transaction manager of its own cannot be asked inside a transaction of the engine.
    private static void refuseInsideATransaction() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("the control plane was asked inside a transaction");
        }
    }

    public Environments environments() {
        return new Environments() {
            @Override
            public Optional<EnvironmentSettings> find(EnvironmentId id) {
                refuseInsideATransaction();
                return Optional.ofNullable(settings.get(id));
            }

            @Override
            public boolean takesTicks(EnvironmentSettings environment) {
                refuseInsideATransaction();
                return !disconnected.contains(environment.id());
            }

            @Override
            public List<EnvironmentSettings> all() {
                refuseInsideATransaction();
                return List.copyOf(settings.values());
            }
        };
    }

    public WorkerVersions versions() {
        return new WorkerVersions() {
            @Override
            public Optional<WorkerVersion> current(EnvironmentId environment) {
                refuseInsideATransaction();
                return Optional.ofNullable(current.get(environment));
            }

            @Override
            public Optional<WorkerVersion> find(WorkerVersionId id) {
                refuseInsideATransaction();
                return Optional.ofNullable(byId.get(id));
            }

            @Override
            public Optional<WorkerVersion> findByNumber(EnvironmentId environment, String number) {
                return byId.values().stream()
                        .filter(version -> version.number().equals(number))
                        .findFirst();
            }

            @Override
            public Optional<WorkerVersion> findByExternalId(EnvironmentId environment, String externalId) {
                refuseInsideATransaction();
                return Optional.ofNullable(byExternalId.get(environment + externalId));
            }
        };
    }
}
