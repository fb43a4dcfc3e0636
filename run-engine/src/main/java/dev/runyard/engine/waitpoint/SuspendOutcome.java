package dev.runyard.engine.waitpoint;

import dev.runyard.engine.run.RunState;

/// What became of a checkpoint.
public sealed interface SuspendOutcome {
    /// The run will go on from it; its process may end.
    ///
    /// @param state its state
    record Suspended(RunState state) implements SuspendOutcome {}

    /// The checkpoint is of no use and can be thrown away; the process must live on.
    ///
    /// @param reason why
    record Discarded(String reason) implements SuspendOutcome {}

    /// There is no such run.
    record Unknown() implements SuspendOutcome {}
}
