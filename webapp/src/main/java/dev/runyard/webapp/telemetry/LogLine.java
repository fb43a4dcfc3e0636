package dev.runyard.webapp.telemetry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line that a run wrote.
///
/// @param at when, by the runner's clock
/// @param severity OTLP severity number, 1 to 24
/// @param stream `stdout`, `stderr` or `logger`
/// @param message the line
/// @param attributes JSON object as text
/// @param attempt number of the attempt that wrote it
/// @param spanId the span in which it was written
record LogLine(
        Instant at,
        int severity,
        String stream,
        String message,
        @Nullable String attributes,
        @Nullable Integer attempt,
        @Nullable String spanId) {}
