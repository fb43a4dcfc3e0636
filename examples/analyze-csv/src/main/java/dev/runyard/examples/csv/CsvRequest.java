package dev.runyard.examples.csv;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * The payload.
 *
 * @param source where the CSV is: {@code https://…}, {@code http://…}, {@code file:///…} or a path
 * @param delimiter one character; guessed from the first line where it is absent
 * @param progressEvery rows between two progress lines, 100,000 where it is absent
 */
public record CsvRequest(
        @JsonPropertyDescription("https://…, http://…, file:///… or a path") @Nullable
        String source,

        @JsonPropertyDescription("One character; guessed where there is none")
        @JsonProperty(defaultValue = ",")
        @Nullable
        String delimiter,

        @JsonPropertyDescription("Rows between two progress lines") @JsonProperty(defaultValue = "100000") @Nullable
        Integer progressEvery) {
    private static final int DEFAULT_PROGRESS = 100_000;

    int rowsPerProgressLine() {
        return progressEvery == null ? DEFAULT_PROGRESS : Math.max(1, progressEvery);
    }
}
