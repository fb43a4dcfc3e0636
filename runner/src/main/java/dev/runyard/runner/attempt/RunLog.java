package dev.runyard.runner.attempt;

import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.TaskLogger;
import dev.runyard.sdk.internal.SpanSink;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the lines and spans of a run go. */
public interface RunLog {

    /** Files what is written from now on under this attempt. */
    void begin(TaskRunExecution execution, @Nullable String bearerToken);

    /** Returns the logger that tasks get. */
    TaskLogger logger();

    /** Returns what takes the spans of tasks; none where nobody does. */
    default SpanSink spans() {
        return SpanSink.NONE;
    }

    /** Waits until what was written is sent, at most for a while. */
    void flush(Duration atMost);

    /** Writes a line about the process itself, for operators: it goes to the container's log only. */
    void note(String sentence);
}
