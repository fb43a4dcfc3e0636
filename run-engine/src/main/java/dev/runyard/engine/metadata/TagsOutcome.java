package dev.runyard.engine.metadata;

/// What became of tags for a run.
public sealed interface TagsOutcome {
    /// The run has them.
    ///
    /// @param added how many it did not have before
    record Added(int added) implements TagsOutcome {}

    /// They are too many, or one is too long; nothing changed.
    ///
    /// @param sentence for the caller
    record Refused(String sentence) implements TagsOutcome {}

    /// There is no such run in this environment.
    record Unknown() implements TagsOutcome {}
}
