package dev.runyard.runner.telemetry;

import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.LogLevel;
import dev.runyard.sdk.internal.CurrentSpan;
import dev.runyard.sdk.internal.LogLine;
import dev.runyard.sdk.internal.LogSink;
import dev.runyard.sdk.internal.SpanRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends lines. Thread-safe.
 *
 * <p>Lines that are written before the first attempt is known wait in the buffer for it.
 */
public final class LogShipper implements LogSink {
    private static final int LONGEST_MESSAGE = 128 * 1024;

    private final InstantSource clock;
    private final BatchBuffer<BufferedLine> buffer = new BatchBuffer<>(BufferedLine::weight);
    private final Shipper<BufferedLine> shipper;
    private final AtomicLong lastNanos = new AtomicLong();
    private volatile Origin origin = Origin.UNKNOWN;

    /**
     * @param intake takes the lines
     * @param clock stamps lines of its own
     */
    public LogShipper(Intake intake, InstantSource clock) {
        OtlpLogs otlp = new OtlpLogs(intake.mapper());
        this.shipper = new Shipper<>("runyard-logs", intake.of("logs"), intake.http(), buffer, otlp::write);
        this.clock = clock;
    }

    /** Files what is written from now on under this attempt. */
    public synchronized void begin(TaskRunExecution execution, @Nullable String bearerToken) {
        origin = Origin.of(execution);
        shipper.begin(bearerToken);
    }

    @Override
    public void accept(LogLine line) {
        String span = CurrentSpan.get().map(SpanRef::spanId).orElse(null);
        shipper.add(new BufferedLine(shorten(line), origin, span, stamp(line.time())));
    }

    /**
     * Waits until all that was written before is sent, at most for a while. Tells how many lines were lost, if any.
     *
     * @return whether all of it was sent
     */
    public boolean flush(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        boolean idle = shipper.flush(atMost);
        long dropped = idle ? buffer.takeDropped() : 0;
        if (dropped > 0) {
            warn("%,d log lines could not be sent and were dropped".formatted(dropped));
            idle = shipper.flush(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        return idle;
    }

    /** Writes a line of its own. */
    void warn(String sentence) {
        accept(new LogLine(clock.instant(), LogLevel.WARN, LogLine.Stream.LOGGER, sentence, Map.of()));
    }

    /** Ends the shipping; what is not sent is lost. */
    public void close() {
        shipper.close();
    }

    private long stamp(Instant time) {
        long nanos = time.getEpochSecond() * 1_000_000_000L + time.getNano();
        return lastNanos.updateAndGet(last -> Math.max(last + 1, nanos));
    }

    private static LogLine shorten(LogLine line) {
        if (line.message().length() <= LONGEST_MESSAGE) {
            return line;
        }
        String cut = line.message().substring(0, LONGEST_MESSAGE) + "… ("
                + (line.message().length() - LONGEST_MESSAGE) + " more characters)";
        return new LogLine(line.time(), line.level(), line.stream(), cut, line.attributes());
    }
}
