package dev.runyard.engine.metadata;

/// What became of a change of metadata.
public sealed interface MetadataOutcome {
    /// It is written.
    ///
    /// @param document the run's metadata, a JSON object as text
    /// @param version how often it changed
    record Updated(String document, int version) implements MetadataOutcome {}

    /// A document would grow beyond the limit; nothing changed.
    ///
    /// @param sentence for the caller
    record TooLarge(String sentence) implements MetadataOutcome {}

    /// A step makes no sense; nothing changed.
    ///
    /// @param sentence for the caller; names the step
    record Refused(String sentence) implements MetadataOutcome {}

    /// The run ended too long ago; nothing changed.
    record Closed() implements MetadataOutcome {}

    /// There is no such run in this environment.
    record Unknown() implements MetadataOutcome {}
}
