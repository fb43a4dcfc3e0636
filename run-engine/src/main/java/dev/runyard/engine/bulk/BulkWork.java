package dev.runyard.engine.bulk;

import dev.runyard.engine.read.RunFilter;
import dev.runyard.protocol.id.BulkActionId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A bulk action that a server has in hand.
///
/// @param id the action
/// @param environmentId whose runs
/// @param kind what to do to each
/// @param filter which runs, absent where the action names them
/// @param cursor the run after which the next page begins; pages go from newer runs to older ones
/// @param isCounted whether its runs were counted
record BulkWork(
        BulkActionId id,
        EnvironmentId environmentId,
        BulkKind kind,
        @Nullable RunFilter filter,
        RunId cursor,
        boolean isCounted) {

    /// One run of it.
    ///
    /// @param run the run
    /// @param plannedAt since when something is to be done to it
    record Item(RunId run, Instant plannedAt) {}

    /// What was done to a run.
    ///
    /// @param kind how it went
    /// @param newRun the run that a replay made
    /// @param failure why nothing was done
    record Result(
            Kind kind, @Nullable RunId newRun, @Nullable String failure) {
        /// How it went.
        enum Kind {
            SUCCEEDED,
            FAILED,
            SKIPPED
        }

        static Result done(@Nullable RunId newRun) {
            return new Result(Kind.SUCCEEDED, newRun, null);
        }

        static Result failed(String why) {
            return new Result(Kind.FAILED, null, why);
        }

        static Result skipped(String why) {
            return new Result(Kind.SKIPPED, null, why);
        }
    }
}
