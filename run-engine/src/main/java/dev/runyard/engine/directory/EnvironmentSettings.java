package dev.runyard.engine.directory;

import dev.runyard.protocol.id.EnvironmentId;
import org.jspecify.annotations.Nullable;

/// What the engine needs to know of an environment.
///
/// @param id the environment
/// @param type `PRODUCTION`, `STAGING`, `DEVELOPMENT` or `PREVIEW`
/// @param concurrencyLimit most slots that one of its queues may use, 0 or more
/// @param burstFactor how many times that limit all its queues together may use, 1 or more
/// @param isPaused whether none of its runs may start
/// @param workerQueue where its runs wait for a worker; one per environment, so that one index holds all its queues
/// @param queueSizeLimit most runs that may wait in one of its queues, absent for the server's default
public record EnvironmentSettings(
        EnvironmentId id,
        String type,
        int concurrencyLimit,
        double burstFactor,
        boolean isPaused,
        String workerQueue,
        @Nullable Integer queueSizeLimit) {

    /// The worker queue of deployed environments that name no other.
    public static final String MAIN_WORKER_QUEUE = "main";

    private static final String OWN_WORKER_QUEUE = "environment-";

    public EnvironmentSettings {
        if (concurrencyLimit < 0) {
            throw new IllegalArgumentException("concurrencyLimit must be 0 or more: " + concurrencyLimit);
        }
        if (!(burstFactor >= 1)) {
            throw new IllegalArgumentException("burstFactor must be 1 or more: " + burstFactor);
        }
    }

    /// An environment without burst and with the server's queue sizes.
    public EnvironmentSettings(
            EnvironmentId id, String type, int concurrencyLimit, boolean isPaused, String workerQueue) {
        this(id, type, concurrencyLimit, 1, isPaused, workerQueue, null);
    }

    /// Returns the worker queue of an environment whose runs only its own workers take.
    public static String ownWorkerQueue(EnvironmentId environment) {
        return OWN_WORKER_QUEUE + environment.body();
    }

    /// Tells whether workers of its own take its runs, and no supervisor does.
    public boolean hasOwnWorkers() {
        return workerQueue.startsWith(OWN_WORKER_QUEUE);
    }

    /// Returns the most runs of it that hold a slot at once.
    public int burstLimit() {
        return (int) Math.min(Integer.MAX_VALUE, Math.floor(concurrencyLimit * burstFactor));
    }

    /// Tells whether this is a developer's own environment, where stalls are not retried.
    public boolean isDevelopment() {
        return type.equals("DEVELOPMENT");
    }
}
