package dev.runyard.engine.cancel;

import dev.runyard.engine.run.RunState;

/// What became of a request to cancel.
public sealed interface CancelOutcome {
    /// The run ended, or its worker was told to stop it.
    ///
    /// @param state the run's state
    record Canceled(RunState state) implements CancelOutcome {}

    /// The run had ended before; nothing changed.
    ///
    /// @param state the run's state
    record AlreadyFinished(RunState state) implements CancelOutcome {}

    /// There is no such run in this environment.
    record Unknown() implements CancelOutcome {}
}
