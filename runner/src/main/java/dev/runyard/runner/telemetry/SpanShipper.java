package dev.runyard.runner.telemetry;

import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.internal.RecordedSpan;
import dev.runyard.sdk.internal.SpanSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans when they have ended, and those that last longer once before, so that they are seen while they go on.
 * Thread-safe; costs nothing where there are none.
 */
public final class SpanShipper implements SpanSink {
    /** A shorter span is sent with its end alone. */
    private static final Duration WORTH_ANNOUNCING = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final LogShipper log;
    private final BatchBuffer<BufferedSpan> buffer = new BatchBuffer<>(BufferedSpan::weight);
    private final Shipper<BufferedSpan> shipper;
    /** Spans that go on and were not sent, with the attempt that they are a part of. */
    private final Map<RecordedSpan, Origin> silent = new ConcurrentHashMap<>();
    /** Spans that go on and were sent. */
    private final Map<RecordedSpan, Origin> announced = new ConcurrentHashMap<>();

    private volatile Origin origin = Origin.UNKNOWN;
    private final AtomicBoolean watched = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param intake takes the spans
     * @param clock tells the time
     * @param log is told how many spans were lost
     */
    public SpanShipper(Intake intake, InstantSource clock, LogShipper log) {
        OtlpSpans otlp = new OtlpSpans(intake.mapper());
        this.shipper = new Shipper<>("runyard-spans", intake.of("traces"), intake.http(), buffer, otlp::write);
        this.clock = clock;
        this.log = log;
    }

    /** Files spans that begin from now on under this attempt. */
    public synchronized void begin(TaskRunExecution execution, @Nullable String bearerToken) {
        origin = Origin.of(execution);
        shipper.begin(bearerToken);
    }

    @Override
    public void began(RecordedSpan span) {
        silent.put(span, origin);
        if (!watched.getAndSet(true)) {
            Thread.ofVirtual().name("runyard-open-spans").start(this::announceNowAndThen);
        }
    }

    @Override
    public void ended(RecordedSpan span) {
        Origin of = silent.remove(span);
        Origin other = announced.remove(span);
        shipper.add(new BufferedSpan(span.snapshot(), Objects.requireNonNullElse(of == null ? other : of, origin)));
    }

    /** Sends what there is, at most for a while; tells whether all of it was sent. */
    public boolean flush(Duration atMost) {
        announce(clock.instant());
        boolean idle = shipper.flush(atMost);
        long dropped = idle ? buffer.takeDropped() : 0;
        if (dropped > 0) {
            log.warn("%,d spans could not be sent and were dropped".formatted(dropped));
        }
        return idle;
    }

    /** Ends the sending; what is not sent is lost. */
    public void close() {
        closed.countDown();
        shipper.close();
    }

    private void announceNowAndThen() {
        try {
            while (!closed.await(WORTH_ANNOUNCING.toMillis(), TimeUnit.MILLISECONDS)) {
                announce(clock.instant().minus(WORTH_ANNOUNCING));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends spans that have gone on since a moment. */
    private void announce(Instant before) {
        silent.forEach((span, of) -> {
            if (!span.start().isAfter(before) && silent.remove(span) != null) {
                announced.put(span, of);
                // One that has ended meanwhile is sent by its end, which may have passed this by.
                if (span.isOpen()) {
                    shipper.add(new BufferedSpan(span.snapshot(), of));
                } else {
                    announced.remove(span);
                }
            }
        });
    }
}
