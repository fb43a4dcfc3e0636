package dev.runyard.webapp.telemetry;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows turned into columns, as `unnest` takes them.
///
/// @param rows the rows
record Columns<R>(List<R> rows) {
    @Nullable
    String[] texts(Function<R, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    @Nullable
    Integer[] numbers(Function<R, @Nullable Integer> value) {
        return rows.stream().map(value).toArray(Integer[]::new);
    }
}
