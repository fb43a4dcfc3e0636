package dev.runyard.engine.trigger;

import dev.runyard.protocol.id.RunId;

/// What became of a trigger.
public sealed interface TriggerOutcome {
    /// The run is committed.
    ///
    /// @param runId the run
    /// @param isCached whether a key led to the run of an earlier call
    record Accepted(RunId runId, boolean isCached) implements TriggerOutcome {}

    /// Nothing was written.
    ///
    /// @param sentence why, for the caller; names the option to change
    record Rejected(String sentence) implements TriggerOutcome {}
}
