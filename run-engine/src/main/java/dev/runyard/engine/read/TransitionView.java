package dev.runyard.engine.read;

import dev.runyard.engine.run.RunEvent;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One step of a run's history.
///
/// @param version the version that it made
/// @param event what happened
/// @param execution where the run stood afterwards
/// @param status what users saw afterwards
/// @param attempt number of the attempt, 0 before the first
/// @param error why an attempt failed
/// @param at when
public record TransitionView(
        int version,
        RunEvent event,
        ExecutionStatus execution,
        RunStatus status,
        int attempt,
        @Nullable TaskRunError error,
        Instant at) {}
