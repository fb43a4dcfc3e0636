package dev.runyard.engine.schedule;

import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.manifest.TaskResource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checks that a task can be scheduled: a current version of its environments has it and calls it a scheduled task.
final class CheckTask {
    private static final String SCHEDULED = "schedule";

    private final WorkerVersions versions;

    CheckTask(WorkerVersions versions) {
        this.versions = versions;
    }

    /// Returns what is wrong, if anything. Asks the control plane.
    Optional<String> check(String taskId, Set<EnvironmentId> environments) {
        if (environments.isEmpty()) {
            return Optional.of("A schedule needs at least one environment.");
        }
        List<TaskResource> known = environments.stream()
                .flatMap(environment -> versions.current(environment).stream())
                .flatMap(version -> version.task(taskId).stream())
                .toList();
        if (known.isEmpty()) {
            return Optional.of("Task with identifier " + taskId + " not found in project.");
        }
        boolean isScheduled = known.stream().anyMatch(task -> SCHEDULED.equalsIgnoreCase(task.triggerSource()));
        return isScheduled
                ? Optional.empty()
                : Optional.of("Task with identifier " + taskId + " is not a scheduled task.");
    }
}
