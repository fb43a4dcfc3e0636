package dev.runyard.engine.timer;

import dev.runyard.protocol.id.RunId;
import java.time.Instant;

/// Something that must happen to a run later. A run has at most one timer of a kind.
///
/// @param kind what must happen
/// @param runId to which run
/// @param dueAt when, never before
public record Timer(Kind kind, RunId runId, Instant dueAt) {
    /// What must happen.
    public enum Kind {
        /// The delay of a run ends.
        DELAY,
        /// A run that has not started expires.
        TTL,
        /// A failed attempt is repeated.
        RETRY,
        /// An attempt that its runner should have ended is ended by the server.
        MAX_DURATION
    }
}
