package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST …/suspend}: a waiting run's process was stored, or could not be.
 *
 * @param success whether it was stored
 * @param checkpoint where, after a success
 * @param error why not, after a failure
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SuspendRequest(
        boolean success,
        @Nullable Checkpoint checkpoint,
        @Nullable String error) {}
