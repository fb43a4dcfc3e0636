package dev.runyard.examples.csv;

/** A CSV that breaks the rules; the message names the line. */
final class CsvFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CsvFormatException(long line, String problem) {
        super("Line " + line + ": " + problem);
    }
}
