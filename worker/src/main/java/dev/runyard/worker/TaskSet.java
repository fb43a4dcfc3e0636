package dev.runyard.worker;

import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.runner.attempt.FoundTask;
import dev.runyard.runner.attempt.TaskSource;
import dev.runyard.runner.index.IndexTasks;
import dev.runyard.runner.index.IndexingException;
import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.discovery.DiscoverTasks;
import dev.runyard.sdk.discovery.DiscoveredTask;
import dev.runyard.sdk.discovery.FindProject;
import dev.runyard.sdk.discovery.TaskDiscoveryException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** The tasks of a worker, and how they are registered. */
public final class TaskSet {
    private final BackgroundWorkerMetadata metadata;
    private final Map<String, Task<?, ?>> tasks;
    private final ProjectConfig project;
    private final ClassLoader loader;

    private TaskSet(
            BackgroundWorkerMetadata metadata, List<DiscoveredTask> found, ProjectConfig project, ClassLoader loader) {
        this.metadata = metadata;
        this.project = project;
        this.loader = loader;
        this.tasks = found.stream()
                .map(DiscoveredTask::task)
                .collect(Collectors.toUnmodifiableMap(Task::id, Function.identity()));
    }

    /**
     * Takes tasks that the caller has.
     *
     * @param found each with the place of its definition
     * @param project what they have in common
     * @param build names the code, such as its commit: the same definitions of another build are another version
     * @throws IllegalArgumentException where there is none, two have the same id, or their queues contradict
     */
    public static TaskSet of(Collection<DiscoveredTask> found, ProjectConfig project, String build) {
        if (found.isEmpty()) {
            throw new IllegalArgumentException("A worker needs at least one task");
        }
        List<DiscoveredTask> sorted = found.stream()
                .sorted((one, other) -> one.task().id().compareTo(other.task().id()))
                .toList();
        refuseDoubles(sorted);
        try {
            BackgroundWorkerMetadata definitions = IndexTasks.describe(sorted, project, "definitions");
            String text = JsonMapper.builder().build().writeValueAsString(definitions);
            return new TaskSet(
                    IndexTasks.describe(sorted, project, hash(text + build)),
                    sorted,
                    project,
                    Thread.currentThread().getContextClassLoader());
        } catch (IndexingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Takes the tasks in static fields of classes, as {@code runyard deploy} would find them. */
    public static TaskSet of(Class<?>... classes) {
        List<DiscoveredTask> found = List.of(classes).stream()
                .flatMap(type -> DiscoverTasks.inClass(type).stream())
                .toList();
        return of(found, ProjectConfig.EMPTY, "");
    }

    /**
     * Finds the tasks of folders and jars.
     *
     * @param classPath where to look
     * @param loader loads their classes
     * @throws IllegalArgumentException where a class cannot be loaded, or there is no task
     */
    public static TaskSet in(List<Path> classPath, ClassLoader loader) {
        try {
            BackgroundWorkerMetadata metadata = new IndexTasks(classPath, loader).index(warning -> {});
            return new TaskSet(metadata, DiscoverTasks.in(classPath, loader).tasks(), FindProject.in(loader), loader);
        } catch (IndexingException | TaskDiscoveryException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Returns what is registered. */
    public BackgroundWorkerMetadata metadata() {
        return metadata;
    }

    /** Returns what libraries load further classes of the tasks by. */
    ClassLoader loader() {
        return loader;
    }

    /** Returns how the code of a run is found. */
    TaskSource source() {
        return this::find;
    }

    private FoundTask find(TaskRunExecution.Task wanted) {
        Task<?, ?> task = tasks.get(wanted.id());
        if (task != null) {
            return new FoundTask.Found(task, project);
        }
        List<String> known = tasks.keySet().stream().sorted().toList();
        return new FoundTask.Unusable(TaskRunError.Internal.of(
                InternalErrorCode.COULD_NOT_FIND_TASK,
                "This worker has no task \"%s\"; it has %s".formatted(wanted.id(), String.join(", ", known))));
    }

    private static void refuseDoubles(List<DiscoveredTask> sorted) {
        for (int i = 1; i < sorted.size(); i++) {
            DiscoveredTask one = sorted.get(i - 1);
            DiscoveredTask other = sorted.get(i);
            if (one.task().id().equals(other.task().id())) {
                throw new IllegalArgumentException("two tasks have the id \"%s\": %s and %s"
                        .formatted(one.task().id(), one.place(), other.place()));
            }
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
