package dev.runyard.webapp.telemetry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line of a run as readers get it.
///
/// @param seq its number in the run, from 1
/// @param at when, by the runner's clock
/// @param level `TRACE`, `DEBUG`, `INFO`, `WARN`, `ERROR` or `FATAL`
/// @param stream `stdout`, `stderr`, `logger` or `system`
/// @param message the line
/// @param attributes JSON object
/// @param attempt number of the attempt that wrote it
/// @param spanId the span in which it was written
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredLogLine(
        long seq,
        Instant at,
        String level,
        String stream,
        String message,
        @JsonRawValue @Nullable String attributes,
        @Nullable Integer attempt,
        @Nullable String spanId) {

    private static final String[] LEVELS = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};
    private static final int NUMBERS_PER_LEVEL = 4;

    /// Names the level of an OTLP severity number.
    static String levelOf(int severity) {
        return LEVELS[Math.clamp((severity - 1) / NUMBERS_PER_LEVEL, 0, LEVELS.length - 1)];
    }
}
