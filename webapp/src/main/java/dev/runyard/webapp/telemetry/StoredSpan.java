package dev.runyard.webapp.telemetry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A span of a run as readers get it.
///
/// @param id 16 hexadecimal digits, unique in its run
/// @param parentId the span that it is a part of, which may be none that is kept
/// @param kind what it is
/// @param name what people read
/// @param startedAt when it began, by the runner's clock
/// @param endedAt when it ended; absent while it goes on, or where its process ended before it
/// @param status how it ended
/// @param statusMessage why it failed
/// @param attributes JSON object
/// @param events JSON array of moments: `name`, `at`, `attributes`
/// @param attempt number of the attempt that it is a part of
/// @param change grows with every write of a span of the run
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredSpan(
        String id,
        @Nullable String parentId,
        SpanKind kind,
        String name,
        Instant startedAt,
        @Nullable Instant endedAt,
        SpanStatus status,
        @Nullable String statusMessage,
        @JsonRawValue @Nullable String attributes,
        @JsonRawValue @Nullable String events,
        @Nullable Integer attempt,
        long change) {}
