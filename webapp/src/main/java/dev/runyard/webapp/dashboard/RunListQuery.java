package dev.runyard.webapp.dashboard;

import dev.runyard.engine.read.RunFilter;
import dev.runyard.protocol.id.RunId;
import org.jspecify.annotations.Nullable;

/// Place in the list of runs.
///
/// @param cursor run that the page before ended with
/// @param size most runs
/// @param direction `next` for runs older than the cursor, `previous` for newer ones
record RunListQuery(
        @Nullable String cursor,
        @Nullable Integer size,
        @Nullable String direction) {
    private static final int DEFAULT_SIZE = 50;

    /// Returns the place in the list.
    ///
    /// @throws IllegalArgumentException where the cursor or direction cannot be read
    RunFilter.Page page(int maxSize) {
        int count = Math.clamp(size == null ? DEFAULT_SIZE : size, 1, maxSize);
        RunId run = cursor == null || cursor.isEmpty() ? null : RunId.parse(cursor);
        return switch (direction == null ? "next" : direction) {
            case "next" -> new RunFilter.Page(count, run, null);
            case "previous" -> new RunFilter.Page(count, null, run);
            default -> throw new IllegalArgumentException("The direction is \"next\" or \"previous\".");
        };
    }
}
