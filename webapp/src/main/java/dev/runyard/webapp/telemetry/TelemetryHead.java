package dev.runyard.webapp.telemetry;

/// How much of a run arrived.
///
/// @param lines lines that arrived, kept or not
/// @param spans spans that are kept
/// @param spanChanges times that a span was written
record TelemetryHead(long lines, int spans, long spanChanges) {
    static final TelemetryHead NONE = new TelemetryHead(0, 0, 0);
}
