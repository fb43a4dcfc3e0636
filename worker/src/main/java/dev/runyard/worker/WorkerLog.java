package dev.runyard.worker;

import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.runner.attempt.RunLog;
import dev.runyard.runner.telemetry.Intake;
import dev.runyard.runner.telemetry.LogShipper;
import dev.runyard.runner.telemetry.SpanShipper;
import dev.runyard.sdk.TaskLogger;
import dev.runyard.sdk.internal.LogLine;
import dev.runyard.sdk.internal.SinkLogger;
import dev.runyard.sdk.internal.SpanSink;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what a run writes with its logger, and its spans, to the server. A run that does neither costs no thread.
 */
final class WorkerLog implements RunLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final WorkerListener listener;
    private final TaskLogger logger;
    private final LogShipper lines;
    private final SpanShipper spans;
    private volatile @Nullable TaskRunExecution execution;

    WorkerLog(WorkerApi api, WorkerListener listener, InstantSource clock) {
        Intake intake = new Intake(api.telemetry(), api.http(), api.json());
        this.listener = listener;
        this.lines = new LogShipper(intake, clock);
        this.spans = new SpanShipper(intake, clock, lines);
        this.logger = new SinkLogger(this::accept, clock);
    }

    @Override
    public void begin(TaskRunExecution attempt, @Nullable String bearerToken) {
        execution = attempt;
        lines.begin(attempt, bearerToken);
        spans.begin(attempt, bearerToken);
    }

    @Override
    public TaskLogger logger() {
        return logger;
    }

    @Override
    public SpanSink spans() {
        return spans;
    }

    private void accept(LogLine line) {
        lines.accept(line);
        TaskRunExecution attempt = execution;
        if (attempt != null) {
            listener.line(attempt.task().id(), attempt.run().id().toString(), line);
        }
    }

    /** Spans come first: what is said of lost ones is a line. */
    @Override
    public void flush(Duration atMost) {
        long begin = System.nanoTime();
        boolean isSent = spans.flush(atMost);
        Duration left = atMost.minusNanos(System.nanoTime() - begin);
        if (!lines.flush(left.isNegative() ? Duration.ZERO : left) || !isSent) {
            note("Log lines or spans could not be sent within " + atMost.toSeconds() + " s; going on without them");
        }
    }

    @Override
    public void note(String sentence) {
        TaskRunExecution attempt = execution;
        LOG.warn("{}: {}", attempt == null ? "a run" : attempt.run().id(), sentence);
    }

    @Override
    public void close() {
        spans.close();
        lines.close();
    }
}
