package dev.runyard.engine.lifecycle;

import dev.runyard.protocol.run.TaskRunError;
import org.jspecify.annotations.Nullable;

/// What a finished run leaves behind.
///
/// @param output serialized output of a success
/// @param outputType its media type
/// @param error why it failed
public record RunResult(
        @Nullable String output,
        @Nullable String outputType,
        @Nullable TaskRunError error) {
    public static RunResult success(@Nullable String output, @Nullable String outputType) {
        return new RunResult(output, outputType, null);
    }

    public static RunResult failure(TaskRunError error) {
        return new RunResult(null, null, error);
    }
}
