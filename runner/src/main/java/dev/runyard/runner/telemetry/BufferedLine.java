package dev.runyard.runner.telemetry;

import dev.runyard.sdk.internal.LogLine;
import org.jspecify.annotations.Nullable;

/**
 * A line that waits to be sent.
 *
 * @param line the line
 * @param origin the attempt that wrote it
 * @param spanId the span in which it was written
 * @param nanos its time in nanoseconds of the unix epoch, unique in this process so that lines keep their order
 */
record BufferedLine(LogLine line, Origin origin, @Nullable String spanId, long nanos) {

    /** Returns roughly how many characters it holds. */
    int weight() {
        return line.message().length() + 64 * (1 + line.attributes().size());
    }
}
