package dev.runyard.engine.batch;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import org.jspecify.annotations.Nullable;

/// What the run of an item left behind.
///
/// @param index place of the item
/// @param runId its run, which has ended
/// @param taskId the run's task
/// @param status how it ended
/// @param attempt number of its last attempt, 0 where it never started
/// @param usageMs execution time of all attempts in milliseconds
/// @param output serialized output of a success
/// @param outputType its media type
/// @param error why it failed
public record BatchResult(
        int index,
        RunId runId,
        String taskId,
        RunStatus status,
        int attempt,
        long usageMs,
        @Nullable String output,
        @Nullable String outputType,
        @Nullable TaskRunError error) {}
