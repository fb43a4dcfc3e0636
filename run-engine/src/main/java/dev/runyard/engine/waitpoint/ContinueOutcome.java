package dev.runyard.engine.waitpoint;

import dev.runyard.engine.run.RunState;

/// What became of a request to go on from a checkpoint.
public sealed interface ContinueOutcome {
    /// The attempt goes on.
    ///
    /// @param state its state, whose version the runner carries from now on
    record Continued(RunState state) implements ContinueOutcome {}

    /// The run cannot go on from here; asking again does not help.
    ///
    /// @param sentence why
    record Refused(String sentence) implements ContinueOutcome {}

    /// There is no such run.
    record Unknown() implements ContinueOutcome {}
}
