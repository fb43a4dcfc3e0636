package dev.runyard.runner.attempt;

import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.discovery.DiscoverTasks;
import dev.runyard.sdk.discovery.DiscoveredTask;
import dev.runyard.sdk.discovery.DiscoveredTasks;
import dev.runyard.sdk.discovery.FindProject;
import dev.runyard.sdk.discovery.TaskDiscoveryException;
import dev.runyard.sdk.internal.StackText;
import java.util.List;
import java.util.Optional;

/** Finds the code of a task on the class path. */
final class FindTask implements TaskSource {
    private static final String SOURCE_SUFFIX = ".java";

    /**
     * Looks first into the class that the deployed version names, which saves reading the whole class path at each
     * start.
     */
    @Override
    public FoundTask find(TaskRunExecution.Task task) {
        ProjectConfig project;
        try {
            project = FindProject.in(FindTask.class.getClassLoader());
        } catch (TaskDiscoveryException e) {
            return new FoundTask.Unusable(
                    TaskRunError.Internal.of(InternalErrorCode.CONFIGURED_INCORRECTLY, StackText.message(e)));
        }
        Optional<DiscoveredTask> direct = inNamedClass(task);
        return direct.<FoundTask>map(found -> new FoundTask.Found(found.task(), project))
                .orElseGet(() -> everywhere(task.id(), project));
    }

    private static Optional<DiscoveredTask> inNamedClass(TaskRunExecution.Task task) {
        String path = task.filePath();
        if (!path.endsWith(SOURCE_SUFFIX)) {
            return Optional.empty();
        }
        String className =
                path.substring(0, path.length() - SOURCE_SUFFIX.length()).replace('/', '.');
        try {
            return DiscoverTasks.inClass(className, task.id(), FindTask.class.getClassLoader());
        } catch (TaskDiscoveryException e) {
            return Optional.empty();
        }
    }

    private static FoundTask everywhere(String id, ProjectConfig project) {
        try {
            DiscoveredTasks all = DiscoverTasks.onClassPath();
            return all.find(id)
                    .<FoundTask>map(found -> new FoundTask.Found(found.task(), project))
                    .orElseGet(() -> new FoundTask.Unusable(explain(id, all)));
        } catch (TaskDiscoveryException e) {
            return new FoundTask.Unusable(
                    TaskRunError.Internal.of(InternalErrorCode.COULD_NOT_IMPORT_TASK, StackText.message(e)));
        }
    }

    private static TaskRunError explain(String id, DiscoveredTasks all) {
        if (!all.failures().isEmpty()) {
            List<String> sentences = all.failures().stream()
                    .map(DiscoveredTasks.Failure::describe)
                    .toList();
            String message = "The task \"%s\" could not be loaded: %s".formatted(id, String.join("; ", sentences));
            String stack = StackText.of(all.failures().getFirst().cause());
            return new TaskRunError.Internal(InternalErrorCode.COULD_NOT_IMPORT_TASK, message, stack);
        }
        List<String> known =
                all.tasks().stream().map(found -> found.task().id()).toList();
        String message = "There is no task \"%s\" in this version; it has %s"
                .formatted(id, known.isEmpty() ? "no tasks" : String.join(", ", known));
        return TaskRunError.Internal.of(InternalErrorCode.COULD_NOT_FIND_TASK, message);
    }
}
