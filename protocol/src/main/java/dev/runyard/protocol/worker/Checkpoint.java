package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.run.CheckpointType;
import org.jspecify.annotations.Nullable;

/**
 * Where the image of a suspended run's process is stored.
 *
 * @param id the checkpoint; absent in a report of a new one
 * @param friendlyId {@code checkpoint_} and the id; absent in a report of a new one
 * @param type what made the image
 * @param location where it is
 * @param imageRef container image that holds it
 * @param reason why it was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Checkpoint(
        @Nullable String id,
        @Nullable String friendlyId,
        CheckpointType type,
        String location,
        @Nullable String imageRef,
        @Nullable String reason) {}
