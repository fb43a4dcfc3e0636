package dev.runyard.webapp.telemetry;

/// What a span of a run is.
public enum SpanKind {
    /// Something that the task's code did.
    SPAN,
    /// A wait.
    WAIT,
    /// The attempt itself, which official runners send beside what the engine knows of it.
    ATTEMPT
}
