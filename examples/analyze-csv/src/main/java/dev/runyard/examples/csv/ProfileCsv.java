package dev.runyard.examples.csv;

import dev.runyard.examples.csv.CsvProfile.ColumnProfile;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;

/** Reads all records and keeps statistics of each column. */
final class ProfileCsv {
    private final CsvReader reader;
    private long rows;

    ProfileCsv(CsvReader reader) {
        this.reader = reader;
    }

    /**
     * Profiles the whole CSV.
     *
     * @param afterRow hears the number of rows after each one
     * @throws CsvFormatException naming the line that breaks the rules
     */
    List<ColumnProfile> profile(LongConsumer afterRow) throws IOException {
        List<String> header = reader.next();
        if (header == null) {
            throw new CsvFormatException(1, "the CSV is empty, it has not even a header");
        }
        List<ColumnStatistics> columns =
                header.stream().map(name -> new ColumnStatistics(name.strip())).toList();
        List<String> row = reader.next();
        while (row != null) {
            add(row, columns);
            rows++;
            afterRow.accept(rows);
            row = reader.next();
        }
        return columns.stream().map(ColumnStatistics::profile).toList();
    }

    long rows() {
        return rows;
    }

    private void add(List<String> row, List<ColumnStatistics> columns) {
        if (row.size() != columns.size()) {
            throw new CsvFormatException(
                    reader.recordLine(), "%d fields, but the header has %d".formatted(row.size(), columns.size()));
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(row.get(i));
        }
    }
}
