package dev.runyard.engine.retention;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// A month of partitions.
///
/// @param month which
record Month(YearMonth month) {
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("yyyyMM");

    static Month parse(String suffix) {
        return new Month(YearMonth.parse(suffix, SUFFIX));
    }

    Instant start() {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    Instant end() {
        return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /// The end of the names of its partitions.
    String suffix() {
        return "_p" + month.format(SUFFIX);
    }
}
