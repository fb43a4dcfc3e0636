package dev.runyard.engine.bulk;

/// How far a bulk action is.
public enum BulkStatus {
    /// It goes on.
    PENDING,
    /// It did all it could.
    COMPLETED,
    /// Somebody stopped it; what was done before stays done.
    ABORTED
}
