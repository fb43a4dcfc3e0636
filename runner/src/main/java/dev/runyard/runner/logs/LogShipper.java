package dev.runyard.runner.logs;

import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.LogLevel;
import dev.runyard.sdk.internal.LogLine;
import dev.runyard.sdk.internal.LogSink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends lines in batches, every 200 ms or 100 lines, from one thread of its own. Thread-safe.
 *
 * <p>Lines that are written before the first attempt is known wait in the buffer for it.
 */
public final class LogShipper implements LogSink {
    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long FIRST_RETRY_MS = 200;
    private static final long LONGEST_RETRY_MS = 2_000;
    private static final int LONGEST_MESSAGE = 128 * 1024;
    private static final int TOO_MANY_REQUESTS = 429;

    private final URI endpoint;
    private final HttpClient http;
    private final InstantSource clock;
    private final OtlpLogs otlp;
    private final LineBuffer buffer = new LineBuffer();
    private final AtomicLong lastNanos = new AtomicLong();
    private final Object sending = new Object();
    private volatile LogOrigin origin = new LogOrigin("", "", 0, null, null);
    private volatile @Nullable String token;
    private volatile boolean started;
    private volatile boolean busy;
    private volatile boolean closed;

    /**
     * @param telemetry base address of the log intake
     * @param http makes the connections
     * @param mapper writes the lines
     * @param clock stamps lines of its own
     */
    public LogShipper(URI telemetry, HttpClient http, JsonMapper mapper, InstantSource clock) {
        String base = telemetry.toString();
        this.endpoint = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/logs");
        this.http = http;
        this.otlp = new OtlpLogs(mapper);
        this.clock = clock;
    }

    /** Files what is written from now on under this attempt. */
    public synchronized void begin(TaskRunExecution execution, @Nullable String bearerToken) {
        origin = LogOrigin.of(execution);
        token = bearerToken;
        if (!started) {
            started = true;
            Thread.ofPlatform().daemon().name("runyard-logs").start(this::ship);
        }
    }

    @Override
    public void accept(LogLine line) {
        buffer.add(new BufferedLine(shorten(line), origin, stamp(line.time())));
    }

    /**
     * Waits until all that was written before is sent, at most for a while. Tells how many lines were lost, if any.
     *
     * @return whether all of it was sent
     */
    public boolean flush(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        buffer.hurry(true);
        try {
            boolean idle = awaitIdle(deadline);
            long dropped = idle ? buffer.takeDropped() : 0;
            if (dropped > 0) {
                accept(new LogLine(clock.instant(), LogLevel.WARN, LogLine.Stream.LOGGER, lost(dropped), Map.of()));
                idle = awaitIdle(deadline);
            }
            return idle;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            buffer.hurry(false);
        }
    }

    /** Ends the shipping; what is not sent is lost. */
    public void close() {
        closed = true;
        buffer.hurry(true);
    }

    private static String lost(long count) {
        return "%,d log lines could not be sent and were dropped".formatted(count);
    }

    private boolean awaitIdle(long deadline) throws InterruptedException {
        synchronized (sending) {
            while (started && (busy || !buffer.isEmpty())) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                sending.wait(Math.min(left, 20));
            }
            return true;
        }
    }

    private void ship() {
        try {
            while (!closed) {
                buffer.awaitWork(PERIOD);
                List<BufferedLine> batch = take();
                if (!batch.isEmpty()) {
                    send(batch);
                } else if (!closed) {
                    idle();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A line is either in the buffer or in a busy sender, never unseen by flush() in between. */
    private List<BufferedLine> take() {
        synchronized (sending) {
            List<BufferedLine> batch = buffer.take();
            busy = !batch.isEmpty();
            return batch;
        }
    }

    private void idle() throws InterruptedException {
        synchronized (sending) {
            sending.notifyAll();
            sending.wait(10);
        }
    }

    private void send(List<BufferedLine> batch) throws InterruptedException {
        HttpRequest request = request(otlp.write(batch));
        long delay = FIRST_RETRY_MS;
        while (!closed) {
            Answer answer = post(request);
            if (answer != Answer.TRY_AGAIN) {
                if (answer == Answer.REFUSED) {
                    buffer.countDropped(batch.size());
                }
                break;
            }
            synchronized (sending) {
                sending.wait(delay);
            }
            delay = Math.min(LONGEST_RETRY_MS, 2 * delay);
        }
        synchronized (sending) {
            busy = false;
            sending.notifyAll();
        }
    }

    private Answer post(HttpRequest request) throws InterruptedException {
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                return Answer.TAKEN;
            }
            return status >= 500 || status == TOO_MANY_REQUESTS ? Answer.TRY_AGAIN : Answer.REFUSED;
        } catch (IOException e) {
            return Answer.TRY_AGAIN;
        }
    }

    private HttpRequest request(String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint).timeout(TIMEOUT).header("content-type", "application/json");
        String bearer = token;
        if (bearer != null) {
            request.header("authorization", "Bearer " + bearer);
        }
        return request.POST(BodyPublishers.ofString(body)).build();
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

    private enum Answer {
        TAKEN,
        REFUSED,
        TRY_AGAIN
    }
}
