package dev.runyard.engine.attempt;

import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;

/// What became of a report that an attempt ended.
public sealed interface CompleteOutcome {
    /// The report was taken, now or by an earlier try of the same call.
    ///
    /// @param status what the runner does next
    /// @param state the run's state
    record Completed(AttemptStatus status, RunState state) implements CompleteOutcome {}

    /// The reporter's version is not the newest: its result is refused.
    ///
    /// @param state the newest state
    record Stale(RunState state) implements CompleteOutcome {}

    /// There is no such run.
    record Unknown() implements CompleteOutcome {}
}
