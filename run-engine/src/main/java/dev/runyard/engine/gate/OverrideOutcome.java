package dev.runyard.engine.gate;

/// What became of an override.
public sealed interface OverrideOutcome {
    /// It holds from the next claim on.
    ///
    /// @param queue the queue with it
    record Changed(QueueView queue) implements OverrideOutcome {}

    /// Nothing was written.
    ///
    /// @param sentence why, for the operator
    record Rejected(String sentence) implements OverrideOutcome {}
}
