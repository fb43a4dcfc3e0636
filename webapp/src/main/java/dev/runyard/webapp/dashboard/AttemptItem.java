package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An attempt of a run.
///
/// @param number from 1
/// @param status `EXECUTING`, `COMPLETED`, `FAILED` or `CANCELED`
/// @param takenAt when a worker took it, where it started later, such as with a container of its own
/// @param startedAt when it started
/// @param finishedAt when it ended
/// @param durationMs from the start to the end
/// @param error why it failed
@JsonInclude(JsonInclude.Include.NON_NULL)
record AttemptItem(
        int number,
        String status,
        @Nullable Instant takenAt,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long durationMs,
        @Nullable RunError error) {}
