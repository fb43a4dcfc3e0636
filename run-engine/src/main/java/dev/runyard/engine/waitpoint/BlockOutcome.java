package dev.runyard.engine.waitpoint;

import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.WaitpointId;
import java.util.Collection;

/// What became of a request to wait.
public sealed interface BlockOutcome {
    /// The run waits.
    ///
    /// @param state its state
    record Waiting(RunState state) implements BlockOutcome {}

    /// Everything was there already: the outputs belong to the run's new version.
    ///
    /// @param state its state
    record GoesOn(RunState state) implements BlockOutcome {}

    /// The run cannot wait now. Nothing was written.
    ///
    /// @param sentence why, for the caller
    record Rejected(String sentence) implements BlockOutcome {}

    /// There is no such run in this environment.
    record UnknownRun() implements BlockOutcome {}

    /// There are no such waitpoints in this environment. Nothing was written.
    ///
    /// @param ids those that are missing
    record UnknownWaitpoints(Collection<WaitpointId> ids) implements BlockOutcome {}
}
