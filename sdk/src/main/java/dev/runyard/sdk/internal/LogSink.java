package dev.runyard.sdk.internal;

/** Takes log lines. Thread-safe, never blocks for long. */
@FunctionalInterface
public interface LogSink {
    /** Takes a line. */
    void accept(LogLine line);
}
