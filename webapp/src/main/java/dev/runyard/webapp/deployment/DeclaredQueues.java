package dev.runyard.webapp.deployment;

import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import dev.runyard.protocol.manifest.QueueManifest;
import dev.runyard.protocol.manifest.TaskResource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Every queue that a build names, once each.
///
/// A task without a queue has its own, which is declared without a limit, so that a limit of an earlier version ends.
final class DeclaredQueues {
    private DeclaredQueues() {}

    static List<QueueDeclaration> of(BackgroundWorkerMetadata metadata) {
        Map<String, @Nullable Integer> limits = new LinkedHashMap<>();
        for (QueueManifest queue : shared(metadata)) {
            merge(limits, Objects.requireNonNullElse(queue.name(), ""), queue.concurrencyLimit());
        }
        for (TaskResource task : metadata.tasks()) {
            merge(
                    limits,
                    nameFor(task),
                    task.queue() == null ? null : task.queue().concurrencyLimit());
        }
        return limits.entrySet().stream()
                .map(entry -> new QueueDeclaration(entry.getKey(), entry.getValue()))
                .toList();
    }

    /// Names the queues that are declared with two different limits.
    static List<String> contradictions(BackgroundWorkerMetadata metadata) {
        Map<String, Integer> limits = new LinkedHashMap<>();
        List<String> found = new ArrayList<>();
        for (QueueManifest queue : all(metadata)) {
            Integer limit = queue.concurrencyLimit();
            if (queue.name() != null && limit != null) {
                Integer other = limits.putIfAbsent(queue.name(), limit);
                if (other != null && !other.equals(limit) && !found.contains(queue.name())) {
                    found.add(queue.name());
                }
            }
        }
        return found;
    }

    private static String nameFor(TaskResource task) {
        return task.queue() == null || task.queue().name() == null
                ? "task/" + task.id()
                : task.queue().name();
    }

    private static void merge(Map<String, @Nullable Integer> limits, String name, @Nullable Integer limit) {
        if (limit != null || !limits.containsKey(name)) {
            limits.put(name, limit);
        }
    }

    private static List<QueueManifest> shared(BackgroundWorkerMetadata metadata) {
        return Objects.requireNonNullElse(metadata.queues(), List.of());
    }

    private static List<QueueManifest> all(BackgroundWorkerMetadata metadata) {
        List<QueueManifest> all = new ArrayList<>(shared(metadata));
        metadata.tasks().stream()
                .map(TaskResource::queue)
                .filter(Objects::nonNull)
                .forEach(all::add);
        return all;
    }
}
