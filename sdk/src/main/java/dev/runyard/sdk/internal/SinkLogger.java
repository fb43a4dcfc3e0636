package dev.runyard.sdk.internal;

import dev.runyard.sdk.LogLevel;
import dev.runyard.sdk.TaskLogger;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives every line its time and hands it to a sink. */
public final class SinkLogger implements TaskLogger {
    private final LogSink sink;
    private final InstantSource clock;

    /**
     * @param sink takes the lines
     * @param clock gives their times
     */
    public SinkLogger(LogSink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    @Override
    public void log(LogLevel level, String message, Map<String, ?> attributes) {
        Map<String, ?> copy = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        sink.accept(new LogLine(clock.instant(), level, LogLine.Stream.LOGGER, message, copy));
    }

    @Override
    public void error(String message, Throwable cause) {
        log(LogLevel.ERROR, message + System.lineSeparator() + StackText.of(cause), Map.of());
    }
}
