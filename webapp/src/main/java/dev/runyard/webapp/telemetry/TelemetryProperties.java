package dev.runyard.webapp.telemetry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits of what runs may send, and how long it is kept.
///
/// @param maxBody largest request, before and after it is unpacked
/// @param maxLinesPerRun lines that are kept of a run
/// @param maxLine longest line, with its attributes each, in bytes of UTF-8; the same holds for a span's attributes and
///     for its events
/// @param maxSpansPerRun spans that are kept of a run
/// @param maxConcurrentWrites requests whose content is stored at the same time; more wait a moment, and are then asked
///     to come again
/// @param retention how long after the end of its month the telemetry of a run is kept; zero for ever
/// @param searchTimeout how long a search through the lines of an environment may take
@ConfigurationProperties("runyard.telemetry")
record TelemetryProperties(
        @DefaultValue("4MB") DataSize maxBody,
        @DefaultValue("10000") int maxLinesPerRun,
        @DefaultValue("32KB") DataSize maxLine,
        @DefaultValue("10000") int maxSpansPerRun,
        @DefaultValue("8") int maxConcurrentWrites,
        @DefaultValue("30d") Duration retention,
        @DefaultValue("5s") Duration searchTimeout) {

    TelemetryProperties {
        if (maxConcurrentWrites < 1) {
            throw new IllegalArgumentException("runyard.telemetry.max-concurrent-writes must be 1 or more");
        }
        if (retention.isNegative()) {
            throw new IllegalArgumentException("runyard.telemetry.retention must not be negative; 0 keeps all");
        }
    }
}
