package dev.runyard.sdk;

import java.util.Map;

/**
 * Writes lines to the run's log, where the dashboard shows them with the run. Thread-safe, never blocks on the network.
 *
 * <p>Attributes are kept as structured data: strings, numbers and booleans as they are, anything else as JSON.
 */
public interface TaskLogger {

    /** Writes a line. */
    void log(LogLevel level, String message, Map<String, ?> attributes);

    /** Writes a line for those who look for every detail. */
    default void trace(String message) {
        log(LogLevel.TRACE, message, Map.of());
    }

    /** Writes a line for those who look for a fault. */
    default void debug(String message) {
        log(LogLevel.DEBUG, message, Map.of());
    }

    /** Writes a line for those who look for a fault, with data. */
    default void debug(String message, Map<String, ?> attributes) {
        log(LogLevel.DEBUG, message, attributes);
    }

    /** Writes a line. */
    default void info(String message) {
        log(LogLevel.INFO, message, Map.of());
    }

    /** Writes a line with data. */
    default void info(String message, Map<String, ?> attributes) {
        log(LogLevel.INFO, message, attributes);
    }

    /** Writes a line about something odd. */
    default void warn(String message) {
        log(LogLevel.WARN, message, Map.of());
    }

    /** Writes a line about something odd, with data. */
    default void warn(String message, Map<String, ?> attributes) {
        log(LogLevel.WARN, message, attributes);
    }

    /** Writes a line about a failure. */
    default void error(String message) {
        log(LogLevel.ERROR, message, Map.of());
    }

    /** Writes a line about a failure, with data. */
    default void error(String message, Map<String, ?> attributes) {
        log(LogLevel.ERROR, message, attributes);
    }

    /** Writes a line about a failure, with its stack trace. */
    void error(String message, Throwable cause);
}
