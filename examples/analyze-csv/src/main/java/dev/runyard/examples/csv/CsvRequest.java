package dev.runyard.examples.csv;

import org.jspecify.annotations.Nullable;

/**
 * The payload.
 *
 * @param source where the CSV is: {@code https://…}, {@code http://…}, {@code file:///…} or a path
 * @param delimiter one character; guessed from the first line where it is absent
 * @param progressEvery rows between two progress lines, 100,000 where it is absent
 */
public record CsvRequest(
        @Nullable String source,
        @Nullable String delimiter,
        @Nullable Integer progressEvery) {
    private static final int DEFAULT_PROGRESS = 100_000;

    int rowsPerProgressLine() {
        return progressEvery == null ? DEFAULT_PROGRESS : Math.max(1, progressEvery);
    }
}
