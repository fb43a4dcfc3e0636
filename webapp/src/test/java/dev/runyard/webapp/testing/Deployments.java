package dev.runyard.webapp.testing;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import dev.runyard.protocol.manifest.CreateBackgroundWorkerRequest;
import dev.runyard.protocol.manifest.QueueManifest;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.manifest.TaskResource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plays a build tool.
public final class Deployments {
    private Deployments() {}

    /// Deploys a version with these tasks; it becomes the current one.
    public static DeploymentId deploy(Http api, TaskResource... tasks) {
        DeploymentId id = initialize(api);
        finish(api, id, tasks);
        return id;
    }

    /// Registers the tasks of a deployment that was begun, and makes it the current one.
    public static void finish(Http api, DeploymentId id, TaskResource... tasks) {
        api.post(path(id) + "/background-workers", registration(tasks)).as(Map.class);
        api.post(path(id) + "/finalize", Map.of("imageReference", "example/tasks:1"))
                .as(Map.class);
    }

    public static DeploymentId initialize(Http api) {
        return DeploymentId.parse(api.post("/api/v1/deployments", Map.of("contentHash", "hash", "runtime", "java"))
                .json()
                .path("id")
                .asString());
    }

    public static CreateBackgroundWorkerRequest registration(TaskResource... tasks) {
        return new CreateBackgroundWorkerRequest(
                true, new BackgroundWorkerMetadata("0.1.0", "hash", "0.1.0", List.of(tasks), null, "java", "25"));
    }

    public static TaskResource task(String id) {
        return task(id, null, null);
    }

    public static TaskResource task(String id, @Nullable QueueManifest queue, @Nullable RetryOptions retry) {
        return new TaskResource(id, null, "src/Tasks.java", null, null, queue, retry, null, null, null, null);
    }

    /// A task with a JSON Schema of its payload.
    public static TaskResource task(String id, Map<String, Object> payloadSchema) {
        return new TaskResource(id, null, null, null, null, null, null, null, null, null, null, null, payloadSchema);
    }

    public static String path(DeploymentId id) {
        return "/api/v1/deployments/" + id;
    }
}
