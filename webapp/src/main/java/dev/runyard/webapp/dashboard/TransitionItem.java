package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.read.TransitionView;
import dev.runyard.protocol.run.ExecutionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A step of a run's history.
///
/// @param version the version that it made
/// @param executionStatus where the run stood afterwards
/// @param status what users saw afterwards, in the words of the public API
/// @param description what happened
/// @param at when
/// @param attempt number of the attempt; absent before the first
@JsonInclude(JsonInclude.Include.NON_NULL)
record TransitionItem(
        int version,
        ExecutionStatus executionStatus,
        String status,
        String description,
        Instant at,
        @Nullable Integer attempt) {

    static TransitionItem of(TransitionView transition) {
        return new TransitionItem(
                transition.version(),
                transition.execution(),
                transition.status().apiName(),
                transition.event().description(),
                transition.at(),
                transition.attempt() == 0 ? null : transition.attempt());
    }
}
