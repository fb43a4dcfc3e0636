package dev.runyard.protocol.json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Dates on the wire: ISO 8601 in UTC with exactly three digits of a second's fraction, as JavaScript prints them. */
public final class Timestamps {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /** Returns the text of an instant, such as {@code 2026-08-01T10:00:00.000Z}; finer digits are cut off. */
    public static String format(Instant instant) {
        return FORMAT.format(instant);
    }
}
