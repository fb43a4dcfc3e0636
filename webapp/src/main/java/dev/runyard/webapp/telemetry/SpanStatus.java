package dev.runyard.webapp.telemetry;

/// How a span ended, in OpenTelemetry's words.
public enum SpanStatus {
    UNSET,
    OK,
    ERROR
}
