package dev.runyard.sdk.client;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of runs.
 *
 * @param runs newest first
 * @param nextCursor what to pass to {@link RunQuery#after}; absent on the last page
 */
public record RunPage(List<Run> runs, @Nullable String nextCursor) {
    public RunPage {
        runs = List.copyOf(runs);
    }

    /** Returns the cursor of the next page. */
    public Optional<String> next() {
        return Optional.ofNullable(nextCursor);
    }
}
