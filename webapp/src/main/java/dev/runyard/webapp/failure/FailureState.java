package dev.runyard.webapp.failure;

/// How people think of a kind of failure.
public enum FailureState {
    /// Nobody has decided anything, or it happened again after it was resolved.
    OPEN,
    /// It was mended.
    RESOLVED,
    /// It is known and does not matter.
    IGNORED
}
