package dev.runyard.engine.waitpoint;

/// What became of a request for a waitpoint.
public sealed interface CreateOutcome {
    /// It is there.
    ///
    /// @param waitpoint the waitpoint, which may be completed already
    /// @param isCached whether a key led to one that was made before
    record Created(Waitpoint waitpoint, boolean isCached) implements CreateOutcome {}

    /// Nothing was made.
    ///
    /// @param sentence why, for the caller
    record Refused(String sentence) implements CreateOutcome {}
}
