package dev.runyard.engine.queue;

import org.jspecify.annotations.Nullable;

/// The limits of one queue in force.
///
/// @param queue the queue
/// @param limit most slots of each of its keys, absent for no limit of its own
/// @param combinedLimit most slots of all its keys together, absent for none
/// @param isPaused whether nothing may start
public record QueueLimit(
        String queue, @Nullable Integer limit, @Nullable Integer combinedLimit, boolean isPaused) {}
