package dev.runyard.webapp.failure;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run that failed for good.
///
/// @param runId the run
/// @param environmentId where it belongs
/// @param taskId its task
/// @param status how it ended
/// @param fingerprint equal for failures of one kind
/// @param name type of the exception, or what the platform calls it
/// @param message first line of what was said
/// @param at when
public record Failure(
        RunId runId,
        EnvironmentId environmentId,
        String taskId,
        RunStatus status,
        String fingerprint,
        @Nullable String name,
        String message,
        Instant at) {}
