package dev.runyard.engine.queue;

import org.jspecify.annotations.Nullable;

/// A queue that a deployed version declares.
///
/// @param name its name
/// @param concurrencyLimit most runs at once, absent for only the environment's limit
public record QueueDeclaration(String name, @Nullable Integer concurrencyLimit) {}
