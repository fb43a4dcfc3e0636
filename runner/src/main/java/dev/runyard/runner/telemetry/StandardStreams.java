package dev.runyard.runner.telemetry;

import dev.runyard.sdk.internal.LogLine;
import dev.runyard.sdk.internal.LogSink;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Captures what the task prints; the container's own log keeps showing it. */
public final class StandardStreams implements AutoCloseable {
    private final PrintStream originalOut = System.out;
    private final PrintStream originalErr = System.err;
    private final LineSplitter out;
    private final LineSplitter err;

    private StandardStreams(LogSink sink, InstantSource clock) {
        this.out = new LineSplitter(originalOut, LogLine.Stream.STDOUT, sink, clock);
        this.err = new LineSplitter(originalErr, LogLine.Stream.STDERR, sink, clock);
    }

    /** Begins to capture. */
    public static StandardStreams capture(LogSink sink, InstantSource clock) {
        StandardStreams streams = new StandardStreams(sink, clock);
        System.setOut(new PrintStream(streams.out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(streams.err, true, StandardCharsets.UTF_8));
        return streams;
    }

    /** Ends lines that have no line break yet, at the end of an attempt. */
    public void finishLines() {
        System.out.flush();
        System.err.flush();
        out.finishLine();
        err.finishLine();
    }

    /** Shows a logger's line in the container's log, where the streams do not show it. */
    public void echo(LogLine line) {
        String attributes = line.attributes().isEmpty() ? "" : " " + line.attributes();
        byte[] text = (line.level() + " " + line.message() + attributes + "\n").getBytes(StandardCharsets.UTF_8);
        // As bytes, because the original stream may speak ASCII only, as in a container without a locale.
        originalOut.write(text, 0, text.length);
        originalOut.flush();
    }

    @Override
    public void close() {
        System.setOut(originalOut);
        System.setErr(originalErr);
    }
}
