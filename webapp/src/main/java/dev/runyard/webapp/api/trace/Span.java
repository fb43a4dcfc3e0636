package dev.runyard.webapp.api.trace;

import dev.runyard.protocol.id.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/// Something that took time, or a moment.
///
/// @param id 16 hexadecimal digits, the same whenever somebody asks
/// @param parentId the span that it is a part of
/// @param runId whose
/// @param kind what it is
/// @param message what people read
/// @param level `TRACE` for what took time, else that of the log line
/// @param start when it began
/// @param end when it ended; absent while it goes on
/// @param outcome how it is
/// @param attempt number of the attempt
/// @param properties JSON object
/// @param events JSON array of moments in it
/// @param children its parts, in the order of their begin
record Span(
        String id,
        @Nullable String parentId,
        RunId runId,
        Kind kind,
        String message,
        String level,
        Instant start,
        @Nullable Instant end,
        Outcome outcome,
        @Nullable Integer attempt,
        @Nullable RawValue properties,
        @Nullable RawValue events,
        List<Span> children) {

    /// What a span is.
    enum Kind {
        RUN("task"),
        ATTEMPT("attempt"),
        WAIT("wait"),
        SPAN("trace"),
        LOG("info");

        private final String icon;

        Kind(String icon) {
            this.icon = icon;
        }

        String icon() {
            return icon;
        }
    }

    /// How a span is.
    enum Outcome {
        UNDER_WAY,
        DONE,
        FAILED,
        CANCELED
    }

    /// Returns the id of a part of a run.
    static String idOf(RunId run, String part) {
        UUID hash = UUID.nameUUIDFromBytes((run + "/" + part).getBytes(StandardCharsets.UTF_8));
        return "%016x".formatted(hash.getMostSignificantBits());
    }

    /// Returns how long it took, up to the given instant where it goes on.
    long nanos(Instant now) {
        return Math.max(0, Duration.between(start, end == null ? now : end).toNanos());
    }

    Span with(List<Span> parts) {
        return new Span(
                id,
                parentId,
                runId,
                kind,
                message,
                level,
                start,
                end,
                outcome,
                attempt,
                properties,
                events,
                List.copyOf(parts));
    }

    /// The same as a part of another.
    Span under(String parent) {
        return new Span(
                id, parent, runId, kind, message, level, start, end, outcome, attempt, properties, events, children);
    }
}
