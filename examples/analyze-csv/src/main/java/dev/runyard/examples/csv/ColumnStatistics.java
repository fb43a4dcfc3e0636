package dev.runyard.examples.csv;

import dev.runyard.examples.csv.CsvProfile.ColumnProfile;
import java.math.BigDecimal;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** What is known of a column so far. */
final class ColumnStatistics {
    private static final int LONGEST_EXTREME = 200;

    private final String name;
    private final DistinctCount distinct = new DistinctCount();
    private final EnumSet<ValueType> candidates = EnumSet.allOf(ValueType.class);
    private long nulls;
    private long values;
    private @Nullable String minText;
    private @Nullable String maxText;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long minWhole = Long.MAX_VALUE;
    private long maxWhole = Long.MIN_VALUE;
    private double mean;

    ColumnStatistics(String name) {
        this.name = name;
    }

    void add(String field) {
        if (field.isEmpty()) {
            nulls++;
            return;
        }
        values++;
        distinct.add(field);
        candidates.removeIf(type -> !type.fits(field));
        if (candidates.contains(ValueType.DECIMAL)) {
            addNumber(field);
        }
        addText(field);
    }

    ColumnProfile profile() {
        if (values == 0) {
            return new ColumnProfile(name, "empty", nulls, 0, true, null, null, null);
        }
        ValueType type = candidates.iterator().next();
        return switch (type) {
            case INTEGER -> profile(type, minWhole, maxWhole, mean);
            case DECIMAL -> profile(type, plain(min), plain(max), mean);
            case BOOLEAN, DATE, TIMESTAMP, TEXT -> profile(type, minText, maxText, null);
        };
    }

    private ColumnProfile profile(
            ValueType type, @Nullable Object smallest, @Nullable Object largest, @Nullable Double average) {
        return new ColumnProfile(
                name, type.label(), nulls, distinct.count(), distinct.isExact(), smallest, largest, average);
    }

    private void addNumber(String field) {
        double number = Double.parseDouble(field);
        min = Math.min(min, number);
        max = Math.max(max, number);
        // The running mean, unlike a sum, neither overflows nor loses small values behind large ones.
        mean += (number - mean) / values;
        if (candidates.contains(ValueType.INTEGER)) {
            long whole = Long.parseLong(field);
            minWhole = Math.min(minWhole, whole);
            maxWhole = Math.max(maxWhole, whole);
        }
    }

    private void addText(String field) {
        if (minText == null || field.compareTo(minText) < 0) {
            minText = shorten(field);
        }
        if (maxText == null || field.compareTo(maxText) > 0) {
            maxText = shorten(field);
        }
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST_EXTREME ? text : text.substring(0, LONGEST_EXTREME);
    }

    private static Object plain(double number) {
        return Double.isInfinite(number) ? String.valueOf(number) : BigDecimal.valueOf(number);
    }
}
