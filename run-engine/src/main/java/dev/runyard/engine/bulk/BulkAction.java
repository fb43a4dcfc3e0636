package dev.runyard.engine.bulk;

import dev.runyard.protocol.id.BulkActionId;
import dev.runyard.protocol.id.EnvironmentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A bulk action as lists show it.
///
/// @param id the action
/// @param environmentId whose runs
/// @param kind what is done to each
/// @param name what its creator called it
/// @param status how far it is
/// @param counts what became of its runs
/// @param createdAt when it was asked for
/// @param completedAt when it ended, also by an abort
public record BulkAction(
        BulkActionId id,
        EnvironmentId environmentId,
        BulkKind kind,
        @Nullable String name,
        BulkStatus status,
        Counts counts,
        Instant createdAt,
        @Nullable Instant completedAt) {

    /// What became of the runs.
    ///
    /// @param total runs that it is about: counted at its begin, and what they were in truth at its end
    /// @param succeeded canceled or replayed
    /// @param failed neither, with a reason
    /// @param skipped had ended before they could be canceled
    public record Counts(int total, int succeeded, int failed, int skipped) {}
}
