package dev.runyard.runner.index;

import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import dev.runyard.protocol.manifest.QueueManifest;
import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.trigger.Durations;
import dev.runyard.sdk.Cron;
import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.TaskOptions;
import dev.runyard.sdk.TaskQueue;
import dev.runyard.sdk.discovery.DiscoverTasks;
import dev.runyard.sdk.discovery.DiscoveredTask;
import dev.runyard.sdk.discovery.DiscoveredTasks;
import dev.runyard.sdk.discovery.FindProject;
import dev.runyard.sdk.discovery.TaskDiscoveryException;
import dev.runyard.sdk.internal.SdkVersion;
import dev.runyard.sdk.schema.PayloadSchema;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Describes the tasks of a class path as a deployment registers them. */
public final class IndexTasks {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final List<Path> classPath;
    private final ClassLoader loader;

    /**
     * @param classPath jars and folders
     * @param loader loads their classes
     */
    public IndexTasks(List<Path> classPath, ClassLoader loader) {
        this.classPath = List.copyOf(classPath);
        this.loader = loader;
    }

    /** Looks at this process's own class path. */
    public static IndexTasks ofClassPath() {
        List<Path> entries = Arrays.stream(
                        System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .toList();
        return new IndexTasks(entries, IndexTasks.class.getClassLoader());
    }

    /**
     * Describes the tasks.
     *
     * @param warnings takes sentences about what looks like a mistake
     * @throws IndexingException where a class fails to load, ids collide, queues contradict, or there is no task
     */
    public BackgroundWorkerMetadata index(Consumer<String> warnings) throws IndexingException {
        DiscoveredTasks found = discover();
        found.warnings().forEach(warnings);
        if (found.tasks().isEmpty()) {
            throw new IndexingException("No tasks were found. A task is a static final field of type "
                    + "dev.runyard.sdk.Task that is not private, in a class of the bundle.");
        }
        return describe(found.tasks(), project(), ContentHash.of(classPath));
    }

    /**
     * Describes tasks that the caller found.
     *
     * @param tasks each with the place of its definition
     * @param project what they have in common
     * @param contentHash identity of the build
     * @throws IndexingException where queues contradict
     */
    public static BackgroundWorkerMetadata describe(
            List<DiscoveredTask> tasks, ProjectConfig project, String contentHash) throws IndexingException {
        List<TaskResource> resources =
                tasks.stream().map(one -> describe(one, project)).toList();
        return new BackgroundWorkerMetadata(
                SdkVersion.get(),
                contentHash,
                SdkVersion.get(),
                resources,
                sharedQueues(tasks),
                "java",
                Runtime.version().toString());
    }

    private DiscoveredTasks discover() throws IndexingException {
        try {
            return DiscoverTasks.in(classPath, loader).orThrow();
        } catch (TaskDiscoveryException e) {
            throw new IndexingException(String.valueOf(e.getMessage()));
        }
    }

    private ProjectConfig project() throws IndexingException {
        try {
            return FindProject.in(loader);
        } catch (TaskDiscoveryException e) {
            throw new IndexingException(String.valueOf(e.getMessage()));
        }
    }

    private static TaskResource describe(DiscoveredTask found, ProjectConfig project) {
        TaskOptions options = found.task().options();
        TaskQueue queue = options.queue();
        Retry retry = either(options.retry(), project.defaultRetry());
        MachinePreset machine = either(options.machine(), project.defaultMachine());
        return new TaskResource(
                found.task().id(),
                options.description(),
                found.filePath(),
                found.place(),
                found.className() + "#" + found.fieldName(),
                queue == null ? null : new QueueManifest(queue.name(), queue.concurrencyLimit()),
                (retry == null ? Retry.DEFAULT : retry).toWire(),
                machine == null ? null : new TaskResource.Machine(machine),
                seconds(either(options.maxDuration(), project.defaultMaxDuration())),
                options.ttl() == null ? null : Durations.format(options.ttl()),
                options.schedule() == null ? null : "schedule",
                schedule(options.schedule()),
                schema(found.task().schemas().payload()));
    }

    private static TaskResource.@Nullable Schedule schedule(TaskOptions.@Nullable Schedule schedule) {
        Cron cron = schedule == null ? null : schedule.cron();
        return cron == null
                ? null
                : new TaskResource.Schedule(
                        cron.pattern(),
                        cron.timezone().getId(),
                        cron.environments().isEmpty() ? null : cron.environments());
    }

    private static @Nullable Map<String, Object> schema(@Nullable PayloadSchema schema) {
        return schema == null ? null : MAPPER.readValue(schema.json(), OBJECT);
    }

    private static <T> @Nullable T either(@Nullable T own, @Nullable T shared) {
        return own == null ? shared : own;
    }

    private static @Nullable Integer seconds(@Nullable Duration duration) {
        return duration == null ? null : Math.toIntExact(duration.toSeconds());
    }

    private static @Nullable List<QueueManifest> sharedQueues(List<DiscoveredTask> tasks) throws IndexingException {
        Map<String, QueueManifest> queues = new LinkedHashMap<>();
        for (DiscoveredTask found : tasks) {
            TaskQueue queue = found.task().options().queue();
            if (queue != null && queue.name() != null) {
                QueueManifest other =
                        queues.putIfAbsent(queue.name(), new QueueManifest(queue.name(), queue.concurrencyLimit()));
                if (other != null && !Objects.equals(other.concurrencyLimit(), queue.concurrencyLimit())) {
                    throw new IndexingException("%s gives the queue \"%s\" the limit %s, but another task gives it %s"
                            .formatted(
                                    found.place(), queue.name(), queue.concurrencyLimit(), other.concurrencyLimit()));
                }
            }
        }
        return queues.isEmpty() ? null : new ArrayList<>(queues.values());
    }
}
