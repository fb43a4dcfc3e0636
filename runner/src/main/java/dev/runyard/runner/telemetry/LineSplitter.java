package dev.runyard.runner.telemetry;

import dev.runyard.sdk.LogLevel;
import dev.runyard.sdk.internal.LogLine;
import dev.runyard.sdk.internal.LogSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;

/** Passes bytes on to the process's own stream and turns every finished line into a line of the run's log. */
final class LineSplitter extends OutputStream {
    private static final int LONGEST = 128 * 1024;

    private final OutputStream original;
    private final LogLine.Stream stream;
    private final LogSink sink;
    private final InstantSource clock;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineSplitter(OutputStream original, LogLine.Stream stream, LogSink sink, InstantSource clock) {
        this.original = original;
        this.stream = stream;
        this.sink = sink;
        this.clock = clock;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        original.write(b);
        take((byte) b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        original.write(bytes, offset, length);
        for (int i = offset; i < offset + length; i++) {
            take(bytes[i]);
        }
    }

    @Override
    public void flush() throws IOException {
        original.flush();
    }

    /** Ends a line that has no line break yet. */
    synchronized void finishLine() {
        if (line.size() > 0) {
            emit();
        }
    }

    private void take(byte b) {
        if (b == '\n' || line.size() >= LONGEST) {
            emit();
        }
        if (b != '\n') {
            line.write(b);
        }
    }

    private void emit() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        String message = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        LogLevel level = stream == LogLine.Stream.STDERR ? LogLevel.WARN : LogLevel.INFO;
        sink.accept(new LogLine(clock.instant(), level, stream, message, Map.of()));
    }
}
