package dev.runyard.engine.attempt;

import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.run.RunState;

/// What became of a request to start an attempt.
public sealed interface StartOutcome {
    /// The attempt is the runner's.
    ///
    /// @param state the run's state, whose version the runner carries from now on
    /// @param detail the run with its payload
    record Started(RunState state, RunDetail detail) implements StartOutcome {}

    /// The runner's version is not the newest.
    ///
    /// @param state the newest state
    record Stale(RunState state) implements StartOutcome {}

    /// The run cannot be started any more.
    ///
    /// @param state its state
    record NotStartable(RunState state) implements StartOutcome {}

    /// There is no such run.
    record Unknown() implements StartOutcome {}
}
