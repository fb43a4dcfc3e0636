package dev.runyard.engine.directory;

import dev.runyard.protocol.id.EnvironmentId;

/// What the engine needs to know of an environment.
///
/// @param id the environment
/// @param type `PRODUCTION`, `STAGING`, `DEVELOPMENT` or `PREVIEW`
/// @param concurrencyLimit most runs of it that hold a slot at once, 0 or more
/// @param isPaused whether none of its runs may start
/// @param workerQueue where its runs wait for a worker; one per environment, so that one index holds all its queues
public record EnvironmentSettings(
        EnvironmentId id, String type, int concurrencyLimit, boolean isPaused, String workerQueue) {

    /// The worker queue of deployed environments that name no other.
    public static final String MAIN_WORKER_QUEUE = "main";

    public EnvironmentSettings {
        if (concurrencyLimit < 0) {
            throw new IllegalArgumentException("concurrencyLimit must be 0 or more: " + concurrencyLimit);
        }
    }

    /// Tells whether this is a developer's own environment, where stalls are not retried.
    public boolean isDevelopment() {
        return type.equals("DEVELOPMENT");
    }
}
