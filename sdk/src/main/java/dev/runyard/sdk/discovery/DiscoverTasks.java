package dev.runyard.sdk.discovery;

import dev.runyard.sdk.Task;
import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds all tasks in static final fields of a class path's classes. Not thread-safe. */
public final class DiscoverTasks {
    private final ClassLoader loader;
    private final Map<String, DiscoveredTask> tasks = new LinkedHashMap<>();
    private final List<DiscoveredTasks.Failure> failures = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private DiscoverTasks(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Finds the tasks of this process's class path.
     *
     * @throws TaskDiscoveryException where two tasks have the same id
     */
    public static DiscoveredTasks onClassPath() {
        return in(classPath(), DiscoverTasks.class.getClassLoader());
    }

    /**
     * Finds the tasks of the given jars and folders.
     *
     * @throws TaskDiscoveryException where two tasks have the same id
     */
    public static DiscoveredTasks in(List<Path> entries, @Nullable ClassLoader loader) {
        DiscoverTasks discovery = new DiscoverTasks(loader == null ? ClassLoader.getSystemClassLoader() : loader);
        new ClassPathScan().candidates(entries).forEach(discovery::look);
        List<DiscoveredTask> sorted = discovery.tasks.values().stream()
                .sorted(Comparator.comparing(found -> found.task().id()))
                .toList();
        return new DiscoveredTasks(sorted, discovery.failures, discovery.warnings);
    }

    /**
     * Finds one task whose class the caller knows, without looking at the whole class path; empty where it is not there
     * or its class cannot be loaded.
     */
    public static Optional<DiscoveredTask> inClass(String className, String taskId, ClassLoader loader) {
        DiscoverTasks discovery = new DiscoverTasks(loader);
        discovery.look(className);
        return Optional.ofNullable(discovery.tasks.get(taskId));
    }

    /**
     * Finds the tasks of one class.
     *
     * @throws TaskDiscoveryException where the class cannot be initialized
     */
    public static List<DiscoveredTask> inClass(Class<?> type) {
        DiscoverTasks discovery = new DiscoverTasks(type.getClassLoader());
        discovery.look(type.getName());
        List<DiscoveredTask> found = List.copyOf(discovery.tasks.values());
        return new DiscoveredTasks(found, discovery.failures, discovery.warnings)
                .orThrow()
                .tasks();
    }

    private static List<Path> classPath() {
        return List.of(System.getProperty("java.class.path", "").split(File.pathSeparator)).stream()
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .toList();
    }

    private void look(String className) {
        try {
            Class<?> type = Class.forName(className, false, loader);
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == Task.class && !field.isSynthetic()) {
                    look(field);
                }
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            failures.add(new DiscoveredTasks.Failure(className, e));
        }
    }

    private void look(Field field) throws IllegalAccessException {
        String place = field.getDeclaringClass().getName().replace('$', '.') + "." + field.getName();
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers)) {
            return;
        }
        if (!Modifier.isFinal(modifiers)) {
            warnings.add(place + " is no task of this project: its field must be final");
            return;
        }
        field.setAccessible(true);
        if (field.get(null) instanceof Task<?, ?> task) {
            add(new DiscoveredTask(task, field.getDeclaringClass().getName(), field.getName()));
        }
    }

    private void add(DiscoveredTask found) {
        DiscoveredTask other = tasks.putIfAbsent(found.task().id(), found);
        if (other != null && !other.task().equals(found.task())) {
            throw new TaskDiscoveryException(
                    "two tasks have the id \"%s\": %s and %s"
                            .formatted(found.task().id(), other.place(), found.place()),
                    null);
        }
    }
}
