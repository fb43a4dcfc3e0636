package dev.runyard.sdk.discovery;

import java.util.List;
import java.util.Optional;

/**
 * What was found on a class path.
 *
 * @param tasks every task, in the order of their ids
 * @param failures classes that define tasks but could not be loaded
 * @param warnings what looks like a mistake: static task fields that are not final
 */
public record DiscoveredTasks(List<DiscoveredTask> tasks, List<Failure> failures, List<String> warnings) {
    public DiscoveredTasks {
        tasks = List.copyOf(tasks);
        failures = List.copyOf(failures);
        warnings = List.copyOf(warnings);
    }

    /**
     * @param className the class
     * @param cause what happened when it was loaded
     */
    public record Failure(String className, Throwable cause) {
        /** Returns one sentence with the innermost cause. */
        public String describe() {
            Throwable innermost = cause;
            while (innermost.getCause() != null && !innermost.getCause().equals(innermost)) {
                innermost = innermost.getCause();
            }
            return "class %s could not be loaded: %s".formatted(className, innermost);
        }
    }

    /** Finds a task by its id. */
    public Optional<DiscoveredTask> find(String id) {
        return tasks.stream().filter(found -> found.task().id().equals(id)).findFirst();
    }

    /**
     * Returns itself if every class could be loaded.
     *
     * @throws TaskDiscoveryException naming all classes that could not
     */
    public DiscoveredTasks orThrow() {
        if (failures.isEmpty()) {
            return this;
        }
        List<String> sentences = failures.stream().map(Failure::describe).toList();
        throw new TaskDiscoveryException(
                String.join(System.lineSeparator(), sentences),
                failures.getFirst().cause());
    }
}
