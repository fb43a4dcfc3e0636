package dev.runyard.engine.bulk;

/// What became of a request to stop a bulk action.
public enum AbortOutcome {
    /// Nothing further is done to any run, but for one that may be under way in this moment.
    ABORTED,
    /// It had ended before.
    NOT_PENDING,
    /// There is no such action in this environment.
    UNKNOWN
}
