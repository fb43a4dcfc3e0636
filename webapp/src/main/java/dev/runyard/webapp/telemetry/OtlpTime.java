package dev.runyard.webapp.telemetry;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Times of OTLP: nanoseconds of the unix epoch, as number or as text.
final class OtlpTime {
    private static final long NANOS = 1_000_000_000;

    private OtlpTime() {}

    /// Reads a time; 0 means that there is none.
    static Optional<Instant> read(JsonNode value) {
        long nanos = value.asLong(0);
        return nanos <= 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS));
    }
}
