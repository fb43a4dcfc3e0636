package dev.runyard.webapp.telemetry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A span as a run sent it: at first perhaps without its end, and later with it.
///
/// @param id 16 hexadecimal digits
/// @param parentId the span that it is a part of, which may be none that is kept
/// @param kind what it is
/// @param name what people read
/// @param start when it began, by the runner's clock
/// @param end when it ended; absent while it goes on
/// @param status how it ended
/// @param statusMessage why it failed
/// @param attributes JSON object as text
/// @param events JSON array as text
/// @param attempt number of the attempt that it is a part of
record SpanRecord(
        String id,
        @Nullable String parentId,
        SpanKind kind,
        String name,
        Instant start,
        @Nullable Instant end,
        SpanStatus status,
        @Nullable String statusMessage,
        @Nullable String attributes,
        @Nullable String events,
        @Nullable Integer attempt) {}
