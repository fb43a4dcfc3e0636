package dev.runyard.webapp.dashboard;

/// Spans of the run were written.
///
/// @param change number of the newest change
record SpanArrivedEvent(long change) {}
