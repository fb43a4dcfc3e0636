package dev.runyard.webapp.dashboard;

import dev.runyard.engine.read.RunFilter;
import dev.runyard.protocol.id.RunId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Query of the list of runs.
///
/// @param cursor run that the page before ended with
/// @param size most runs
/// @param status statuses in the words of the public API, separated by commas
/// @param task ids of tasks, separated by commas
/// @param direction `next` for runs older than the cursor, `previous` for newer ones
record RunListQuery(
        @Nullable String cursor,
        @Nullable Integer size,
        @Nullable String status,
        @Nullable String task,
        @Nullable String direction) {
    private static final int DEFAULT_SIZE = 50;

    List<String> statuses() {
        return split(status);
    }

    List<String> tasks() {
        return split(task);
    }

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

    private static List<String> split(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }
}
