package dev.runyard.engine.queue;

import dev.runyard.protocol.id.RunId;

/// A claim that the database has not confirmed yet.
///
/// @param runId the run
/// @param version the version that was queued
/// @param lane for what it waited
public record QueueClaim(RunId runId, int version, Lane lane) {
    /// Tells whether the engine itself has to admit the run, because its process lives.
    public boolean isResume() {
        return lane == Lane.RESUME;
    }
}
