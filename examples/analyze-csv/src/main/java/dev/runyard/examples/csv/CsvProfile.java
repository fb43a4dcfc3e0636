package dev.runyard.examples.csv;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output.
 *
 * @param source what was read
 * @param delimiter what separates fields
 * @param rows records without the header
 * @param bytes size of the CSV, uncompressed
 * @param columns in their order
 */
public record CsvProfile(String source, String delimiter, long rows, long bytes, List<ColumnProfile> columns) {

    /**
     * @param name from the header
     * @param type the narrowest type that fits every value: integer, decimal, boolean, date, timestamp, text or empty
     * @param nulls fields that are empty
     * @param distinct different values
     * @param distinctIsExact whether that number is exact; beyond 10,000 values it is estimated within about 2 %
     * @param min smallest value; of text the first in the order of its characters, at most 200 of them
     * @param max largest value
     * @param mean of numbers only
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ColumnProfile(
            String name,
            String type,
            long nulls,
            long distinct,
            boolean distinctIsExact,
            @Nullable Object min,
            @Nullable Object max,
            @Nullable Double mean) {}
}
