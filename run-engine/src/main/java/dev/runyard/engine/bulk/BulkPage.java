package dev.runyard.engine.bulk;

import dev.runyard.protocol.id.BulkActionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of bulk actions, newest first.
///
/// @param actions what is on it
/// @param next after which action the next page begins; absent on the last page
/// @param previous before which action the previous page ends; absent on the first page
public record BulkPage(
        List<BulkAction> actions,
        @Nullable BulkActionId next,
        @Nullable BulkActionId previous) {
    /// A place in the list.
    ///
    /// @param size most actions, at least 1
    /// @param after show actions older than this one
    /// @param before show actions newer than this one; wins over `after`
    public record Place(
            int size,
            @Nullable BulkActionId after,
            @Nullable BulkActionId before) {}
}
