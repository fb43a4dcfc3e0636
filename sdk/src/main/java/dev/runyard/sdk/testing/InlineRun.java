package dev.runyard.sdk.testing;

import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.sdk.LogLevel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run in a test.
 *
 * @param output what the task returned, after a trip through JSON; absent where it failed
 * @param error why it failed; absent where it succeeded
 * @param attempts attempts in total
 * @param retryDelays delays that a worker would have waited between them
 * @param lines what the task wrote to its logger
 * @param <O> the output
 */
public record InlineRun<O extends @Nullable Object>(
        @Nullable O output, @Nullable TaskRunError error, int attempts, List<Duration> retryDelays, List<Line> lines) {
    public InlineRun {
        retryDelays = List.copyOf(retryDelays);
        lines = List.copyOf(lines);
    }

    /** Tells whether it succeeded. */
    public boolean succeeded() {
        return error == null;
    }

    /**
     * A line of the task's log.
     *
     * @param level how serious it is
     * @param message its text
     * @param attributes its data
     */
    public record Line(LogLevel level, String message, Map<String, ?> attributes) {}
}
