package dev.runyard.runner;

import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.runner.attempt.RunLog;
import dev.runyard.runner.telemetry.Intake;
import dev.runyard.runner.telemetry.LogShipper;
import dev.runyard.runner.telemetry.SpanShipper;
import dev.runyard.runner.telemetry.StandardStreams;
import dev.runyard.sdk.TaskLogger;
import dev.runyard.sdk.internal.CurrentSpan;
import dev.runyard.sdk.internal.SinkLogger;
import dev.runyard.sdk.internal.SpanRef;
import dev.runyard.sdk.internal.SpanSink;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Captures all that a task writes and brings it to the server. */
final class ShippedLog implements RunLog {
    private final PrintStream containerLog = System.err;
    private final LogShipper shipper;
    private final SpanShipper spans;
    private final StandardStreams streams;
    private final TaskLogger logger;

    ShippedLog(Intake intake, InstantSource clock) {
        this.shipper = new LogShipper(intake, clock);
        this.spans = new SpanShipper(intake, clock, shipper);
        this.streams = StandardStreams.capture(shipper, clock);
        this.logger = new SinkLogger(
                line -> {
                    shipper.accept(line);
                    streams.echo(line);
                },
                clock);
    }

    @Override
    public void begin(TaskRunExecution execution, @Nullable String bearerToken) {
        Map<String, String> trace = execution.run().traceContext();
        CurrentSpan.setBase(
                SpanRef.parse(trace == null ? null : trace.get("traceparent")).orElse(null));
        shipper.begin(execution, bearerToken);
        spans.begin(execution, bearerToken);
    }

    @Override
    public TaskLogger logger() {
        return logger;
    }

    @Override
    public SpanSink spans() {
        return spans;
    }

    /** Spans come first: what is said of lost ones is a line. */
    @Override
    public void flush(Duration atMost) {
        long begin = System.nanoTime();
        streams.finishLines();
        boolean isSent = spans.flush(atMost);
        Duration left = atMost.minusNanos(System.nanoTime() - begin);
        if (!shipper.flush(left.isNegative() ? Duration.ZERO : left) || !isSent) {
            note("Log lines or spans could not be sent within " + atMost.toSeconds() + " s; going on without them");
        }
    }

    @Override
    public void note(String sentence) {
        containerLog.println("runyard: " + sentence);
    }
}
