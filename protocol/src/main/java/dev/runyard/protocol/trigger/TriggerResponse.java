package dev.runyard.protocol.trigger;

import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code POST /api/v1/tasks/{taskId}/trigger}.
 *
 * @param id the run
 * @param isCached whether an idempotency key led to a run of an earlier call
 */
public record TriggerResponse(String id, @Nullable Boolean isCached) {}
