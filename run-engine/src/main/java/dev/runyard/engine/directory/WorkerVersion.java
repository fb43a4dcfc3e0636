package dev.runyard.engine.directory;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.manifest.TaskResource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One indexed version of user code, as the engine needs it to start a run.
///
/// @param id the version
/// @param number its number, such as `20261121.1`
/// @param deploymentId its release record
/// @param image what a supervisor starts; absent where nothing can be started yet
/// @param runtime what runs it, such as `java`
/// @param tasks its tasks by id
public record WorkerVersion(
        WorkerVersionId id,
        String number,
        @Nullable DeploymentId deploymentId,
        @Nullable String image,
        @Nullable String runtime,
        Map<String, TaskResource> tasks) {

    public WorkerVersion {
        tasks = Map.copyOf(tasks);
    }

    /// Finds a task of this version.
    public Optional<TaskResource> task(String taskId) {
        return Optional.ofNullable(tasks.get(taskId));
    }
}
