package dev.runyard.webapp.telemetry;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Limits of what runs may send.
///
/// @param maxBody largest request, before and after it is unpacked
/// @param maxLinesPerRun lines that are kept of a run
/// @param maxLine longest line with its attributes each, in bytes of UTF-8
@ConfigurationProperties("runyard.telemetry")
record TelemetryProperties(
        @DefaultValue("4MB") DataSize maxBody,
        @DefaultValue("10000") int maxLinesPerRun,
        @DefaultValue("32KB") DataSize maxLine) {}
