package dev.runyard.engine.waitpoint;

/// What completes a waitpoint.
public enum WaitpointKind {
    /// The end of a run; the waitpoint has the run's id.
    RUN,
    /// A point in time.
    DATETIME,
    /// Whoever holds its id: a token.
    MANUAL,
    /// The end of all runs of a batch; the waitpoint has the batch's id.
    BATCH
}
