package dev.runyard.webapp.dashboard.failure;

/// How people think of a kind of failure.
enum FailureState {
    /// Nobody has decided anything, or it happened again after it was resolved.
    OPEN,
    /// It was mended.
    RESOLVED,
    /// It is known and does not matter.
    IGNORED
}
