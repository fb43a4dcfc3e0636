package dev.runyard.engine.batch;

/// How a batch is.
public enum BatchStatus {
    /// Items are awaited, or their runs have not all ended.
    PENDING,
    /// As PENDING with all items there, of which some could not become runs.
    PARTIAL_FAILED,
    /// All its runs ended, however.
    COMPLETED,
    /// No item could become a run, or items stayed away for too long.
    ABORTED
}
