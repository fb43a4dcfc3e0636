package dev.runyard.runner.logs;

import dev.runyard.sdk.internal.LogLine;

/**
 * A line that waits to be sent.
 *
 * @param line the line
 * @param origin the attempt that wrote it
 * @param nanos its time in nanoseconds of the unix epoch, unique in this process so that lines keep their order
 */
record BufferedLine(LogLine line, LogOrigin origin, long nanos) {

    /** Returns roughly how many characters it holds. */
    int weight() {
        return line.message().length() + 64 * (1 + line.attributes().size());
    }
}
