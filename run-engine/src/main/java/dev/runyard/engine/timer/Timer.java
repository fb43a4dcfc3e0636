package dev.runyard.engine.timer;

import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.util.UUID;

/// Something that must happen later. A subject has at most one timer of a kind.
///
/// @param kind what must happen, and thereby what the subject is
/// @param subject id of the run, or of whatever else the kind is about
/// @param dueAt when, never before
public record Timer(Kind kind, UUID subject, Instant dueAt) {
    /// A timer of a run.
    public Timer(Kind kind, RunId run, Instant dueAt) {
        this(kind, run.value(), dueAt);
    }

    /// What must happen.
    public enum Kind {
        /// The delay of a run ends.
        DELAY,
        /// A run that has not started expires.
        TTL,
        /// A run whose place in its queue lies in the future enters it.
        START,
        /// A failed attempt is repeated.
        RETRY,
        /// An attempt that its runner should have ended is ended by the server.
        MAX_DURATION,
        /// A date is reached, or a token times out; the subject is the waitpoint.
        WAITPOINT,
        /// A batch that does not have all its items is aborted.
        BATCH_SEAL,
        /// What a canceled run triggered is canceled too.
        CANCEL_CHILDREN,
        /// A schedule has a tick.
        SCHEDULE,
        /// A run that was triggered for a deployment which did not come expires.
        PARK
    }
}
