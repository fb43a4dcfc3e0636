package dev.runyard.engine.batch;

/// What became of a request for a batch.
public sealed interface CreateBatchOutcome {
    /// It is there.
    ///
    /// @param batch the batch
    /// @param isCached whether a key led to one that has its items; the caller then has none to add
    record Created(BatchView batch, boolean isCached) implements CreateBatchOutcome {}

    /// Nothing was made.
    ///
    /// @param sentence why, for the caller
    record Rejected(String sentence) implements CreateBatchOutcome {}
}
