package dev.runyard.engine.bulk;

import dev.runyard.protocol.id.BulkActionId;

/// What became of a request for a bulk action.
public sealed interface BulkOutcome {
    /// It is stored and begins in a moment.
    record Created(BulkActionId id) implements BulkOutcome {}

    /// The request is wrong.
    ///
    /// @param sentence what is wrong with it
    record Refused(String sentence) implements BulkOutcome {}

    /// As many replays as may be under way in the environment already are.
    ///
    /// @param limit how many
    record TooManyReplays(int limit) implements BulkOutcome {}
}
