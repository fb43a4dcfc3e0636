package dev.runyard.engine.directory;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.manifest.TaskResource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One indexed version of user code, as the engine needs it to start a run.
///
/// @param id the version
/// @param number its number, such as `20261121.1`
/// @param deploymentId its release record
/// @param image what a supervisor starts; absent where nothing can be started yet
/// @param runtime what runs it, such as `java`
/// @param tasks its tasks by id
/// @param queues names of the queues that it declares
public record WorkerVersion(
        WorkerVersionId id,
        String number,
        @Nullable DeploymentId deploymentId,
        @Nullable String image,
        @Nullable String runtime,
        Map<String, TaskResource> tasks,
        Set<String> queues) {

    /// Image of a version that supervisors do not start: workers of the environment have its code.
    public static final String OWN_WORKERS = "worker:";

    public WorkerVersion {
        tasks = Map.copyOf(tasks);
        queues = Set.copyOf(queues);
    }

    /// Tells whether workers of the environment have its code, so that no supervisor can start it.
    public boolean isOfOwnWorkers() {
        return OWN_WORKERS.equals(image);
    }

    /// Finds a task of this version.
    public Optional<TaskResource> task(String taskId) {
        return Optional.ofNullable(tasks.get(taskId));
    }

    /// Tells whether a queue belongs to this version: declared, configured for a task, or a task's own.
    public boolean hasQueue(String name) {
        return queues.contains(name)
                || tasks.values().stream()
                        .anyMatch(task -> name.equals("task/" + task.id())
                                || (task.queue() != null
                                        && name.equals(task.queue().name())));
    }
}
