package dev.runyard.webapp.deployment;

import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// A build that passed ManifestCheck, in the form in which it is stored.
///
/// @param metadata the build
/// @param tasks its tasks
/// @param queuesJson every queue that it declares, merged, as a JSON array of QueueDeclaration
record Registration(BackgroundWorkerMetadata metadata, List<BackgroundWorkerTask> tasks, String queuesJson) {
    static Registration of(BackgroundWorkerMetadata metadata, JsonMapper json) {
        List<BackgroundWorkerTask> tasks = metadata.tasks().stream()
                .map(task -> new BackgroundWorkerTask(task.id(), json.writeValueAsString(task)))
                .toList();
        List<QueueDeclaration> queues = DeclaredQueues.of(metadata);
        return new Registration(metadata, tasks, json.writeValueAsString(queues));
    }
}
