package dev.runyard.engine.run;

import dev.runyard.protocol.run.CheckpointType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the image of a suspended run's process is stored.
///
/// @param id the checkpoint
/// @param type what made the image, and so what can restore it
/// @param location where it is, in the words of whoever made it
/// @param imageRef container image that holds it
/// @param reason why it was made
public record RunCheckpoint(
        UUID id,
        CheckpointType type,
        String location,
        @Nullable String imageRef,
        @Nullable String reason) {}
