package dev.runyard.supervisor.workload;

/// Whether a workload that only waits could be laid to rest.
public sealed interface Rest {
    /// It stands still: it uses no processor, and keeps its memory.
    record Frozen() implements Rest {}

    /// It goes on as it is.
    ///
    /// @param reason why it could not, a sentence
    record Impossible(String reason) implements Rest {}
}
