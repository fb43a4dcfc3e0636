package dev.runyard.engine.queue;

import org.jspecify.annotations.Nullable;

/// A queue that a deployed version declares.
///
/// @param name its name
/// @param concurrencyLimit most runs at once of each concurrency key, absent for only the environment's limit
/// @param combinedLimit most runs at once of all its keys together, absent to leave it as it is
public record QueueDeclaration(
        String name,
        @Nullable Integer concurrencyLimit,
        @Nullable Integer combinedLimit) {
    public QueueDeclaration(String name, @Nullable Integer concurrencyLimit) {
        this(name, concurrencyLimit, null);
    }
}
