package dev.runyard.sdk;

import org.jspecify.annotations.Nullable;

/**
 * The queue that a task's runs go through.
 *
 * @param name a name shared with other tasks; absent means the task's own queue
 * @param concurrencyLimit most runs at once, 0 to 100,000; absent means only the environment's limit
 */
public record TaskQueue(@Nullable String name, @Nullable Integer concurrencyLimit) {
    private static final int HIGHEST_LIMIT = 100_000;

    public TaskQueue {
        if (name != null && name.isBlank()) {
            throw new IllegalArgumentException("a queue's name is not blank");
        }
        if (concurrencyLimit != null && (concurrencyLimit < 0 || concurrencyLimit > HIGHEST_LIMIT)) {
            throw new IllegalArgumentException("a queue's limit is 0 to 100,000, not " + concurrencyLimit);
        }
    }

    /** The task's own queue with at most so many runs at once. */
    public static TaskQueue limitedTo(int concurrencyLimit) {
        return new TaskQueue(null, concurrencyLimit);
    }

    /** A queue that several tasks share by its name. */
    public static TaskQueue named(String name) {
        return new TaskQueue(name, null);
    }

    /** The same queue with at most so many runs at once. */
    public TaskQueue withLimit(int limit) {
        return new TaskQueue(name, limit);
    }
}
