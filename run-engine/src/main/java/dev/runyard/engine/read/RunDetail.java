package dev.runyard.engine.read;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.TaskRunError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run with everything that its own page shows, logs excepted.
///
/// @param view the run
/// @param payload serialized payload
/// @param payloadType its media type
/// @param output serialized output of a success
/// @param outputType its media type
/// @param error why it failed
/// @param priorityMs milliseconds by which it overtakes others
/// @param traceParent W3C trace context
/// @param replayOf run that it repeats
/// @param seedMetadata metadata as it was triggered with
/// @param origin how it came to be
/// @param transitions its history, oldest first
public record RunDetail(
        RunView view,
        @Nullable String payload,
        String payloadType,
        @Nullable String output,
        @Nullable String outputType,
        @Nullable TaskRunError error,
        long priorityMs,
        @Nullable String traceParent,
        @Nullable RunId replayOf,
        @Nullable String seedMetadata,
        RunOrigin origin,
        List<TransitionView> transitions) {}
