package dev.runyard.webapp.dashboard;

/// Tells the page that a run has new lines.
///
/// @param seq number of the newest
record LogArrivedEvent(long seq) {}
