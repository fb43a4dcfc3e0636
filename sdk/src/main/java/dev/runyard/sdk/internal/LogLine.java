package dev.runyard.sdk.internal;

import dev.runyard.sdk.LogLevel;
import java.time.Instant;
import java.util.Map;

/**
 * A line of a run's log.
 *
 * @param time when it was written
 * @param level how serious it is
 * @param stream where it came from
 * @param message its text
 * @param attributes its data
 */
public record LogLine(Instant time, LogLevel level, Stream stream, String message, Map<String, ?> attributes) {

    /** Where a line came from. */
    public enum Stream {
        STDOUT("stdout"),
        STDERR("stderr"),
        LOGGER("logger");

        private final String wireName;

        Stream(String wireName) {
            this.wireName = wireName;
        }

        /** Returns its name in the log protocol. */
        public String wireName() {
            return wireName;
        }
    }
}
