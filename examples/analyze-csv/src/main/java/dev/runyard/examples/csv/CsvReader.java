package dev.runyard.examples.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records by the rules of RFC 4180, one at a time. A quoted field may hold delimiters, line breaks and doubled
 * quotes; lines end with LF, CRLF or CR; empty lines are skipped.
 */
final class CsvReader {
    private static final int END = -1;
    private static final int LONGEST_FIELD = 1024 * 1024;
    private static final int MOST_FIELDS = 10_000;

    private final Reader reader;
    private final char delimiter;
    private final char[] buffer = new char[64 * 1024];
    private final StringBuilder field = new StringBuilder();
    private int position;
    private int filled;
    private long line = 1;
    private long recordLine = 1;

    CsvReader(Reader reader, char delimiter) {
        this.reader = reader;
        this.delimiter = delimiter;
    }

    /** Returns the line on which the newest record began. */
    long recordLine() {
        return recordLine;
    }

    /**
     * Returns the fields of the next record, or null at the end.
     *
     * @throws CsvFormatException naming the line that breaks the rules
     */
    @Nullable
    List<String> next() throws IOException {
        int c = read();
        while (c == '\n' || c == '\r') {
            endLine(c);
            c = read();
        }
        if (c == END) {
            return null;
        }
        recordLine = line;
        List<String> fields = new ArrayList<>();
        while (true) {
            c = c == '"' ? quotedField() : plainField(c);
            fields.add(field.toString());
            if (c == END) {
                return fields;
            }
            if (c != delimiter) {
                endLine(c);
                return fields;
            }
            if (fields.size() >= MOST_FIELDS) {
                throw new CsvFormatException(recordLine, "more than %,d fields".formatted(MOST_FIELDS));
            }
            c = read();
        }
    }

    /** Reads a field without quotes and returns what ended it. */
    private int plainField(int first) throws IOException {
        field.setLength(0);
        int c = first;
        while (c != delimiter && c != '\n' && c != '\r' && c != END) {
            if (c == '"') {
                throw new CsvFormatException(
                        line, "a quote inside of a field that does not begin with one: " + excerpt());
            }
            append(c);
            c = read();
        }
        return c;
    }

    /** Reads a field whose opening quote is read already, and returns what ended it. */
    private int quotedField() throws IOException {
        field.setLength(0);
        long begin = line;
        while (true) {
            int c = read();
            if (c == END) {
                throw new CsvFormatException(begin, "a quoted field that never ends: " + excerpt());
            }
            if (c == '"') {
                int after = read();
                if (after != '"') {
                    return afterQuote(after);
                }
            } else if (c == '\n' || (c == '\r' && peek() != '\n')) {
                line++;
            }
            if (field.length() >= LONGEST_FIELD) {
                throw new CsvFormatException(
                        begin,
                        "a field of more than %,d characters; a closing quote may be missing: %s"
                                .formatted(LONGEST_FIELD, excerpt()));
            }
            field.append((char) c);
        }
    }

    private int afterQuote(int after) {
        if (after != delimiter && after != '\n' && after != '\r' && after != END) {
            throw new CsvFormatException(
                    line, "'%c' after the closing quote of a field: %s".formatted((char) after, excerpt()));
        }
        return after;
    }

    private void append(int c) {
        if (field.length() >= LONGEST_FIELD) {
            throw new CsvFormatException(line, "a field of more than %,d characters".formatted(LONGEST_FIELD));
        }
        field.append((char) c);
    }

    private void endLine(int c) throws IOException {
        if (c == '\r' && peek() == '\n') {
            read();
        }
        line++;
    }

    private String excerpt() {
        int end = Math.min(field.length(), 40);
        return "\"" + field.substring(0, end).replace('\n', ' ') + (end < field.length() ? "…" : "") + "\"";
    }

    private int peek() throws IOException {
        return position < filled || fill() ? buffer[position] : END;
    }

    private int read() throws IOException {
        return position < filled || fill() ? buffer[position++] : END;
    }

    private boolean fill() throws IOException {
        position = 0;
        filled = Math.max(0, reader.read(buffer, 0, buffer.length));
        return filled > 0;
    }
}
