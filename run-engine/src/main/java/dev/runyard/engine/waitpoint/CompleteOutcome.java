package dev.runyard.engine.waitpoint;

/// What became of a request to complete a waitpoint.
public sealed interface CompleteOutcome {
    /// It is completed.
    ///
    /// @param isFirst false where it was completed before, with the output that it keeps
    record Completed(boolean isFirst) implements CompleteOutcome {}

    /// The output is larger than it may be.
    ///
    /// @param maxBytes how large it may be
    record TooLarge(int maxBytes) implements CompleteOutcome {}

    /// There is no such token in this environment.
    record Unknown() implements CompleteOutcome {}
}
