package dev.runyard.runner.telemetry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is in a buffer in batches, every 200 ms or 100 pieces, from one thread of its own, which begins with the
 * first piece. A server that is away for a while costs nothing but memory, up to the buffer's bound. Thread-safe.
 *
 * @param <T> what is sent
 */
final class Shipper<T> {
    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long FIRST_RETRY_MS = 200;
    private static final long LONGEST_RETRY_MS = 2_000;
    private static final int TOO_MANY_REQUESTS = 429;

    private final URI endpoint;
    private final HttpClient http;
    private final BatchBuffer<T> buffer;
    private final Function<List<T>, String> write;
    private final Object sending = new Object();
    private final String name;
    private volatile @Nullable String token;
    private boolean begun;
    private volatile boolean started;
    private volatile boolean busy;
    private volatile boolean closed;

    /**
     * @param name of the thread
     * @param endpoint takes the batches
     * @param http makes the connections
     * @param buffer holds what waits
     * @param write writes a batch as JSON
     */
    Shipper(String name, URI endpoint, HttpClient http, BatchBuffer<T> buffer, Function<List<T>, String> write) {
        this.name = name;
        this.endpoint = endpoint;
        this.http = http;
        this.buffer = buffer;
        this.write = write;
    }

    /** Adds a piece; before the first attempt is known it waits for that. */
    void add(T piece) {
        buffer.add(piece);
        if (!started) {
            start();
        }
    }

    /**
     * Allows to send.
     *
     * @param bearerToken proves whose it is
     */
    synchronized void begin(@Nullable String bearerToken) {
        token = bearerToken;
        begun = true;
        start();
    }

    private synchronized void start() {
        if (begun && !started && !closed && !buffer.isEmpty()) {
            started = true;
            Thread.ofPlatform().daemon().name(name).start(this::ship);
        }
    }

    /** Waits until all that was added before is sent, at most for a while; tells whether it is. */
    boolean flush(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        buffer.hurry(true);
        try {
            return awaitIdle(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            buffer.hurry(false);
        }
    }

    /** Ends the sending; what is not sent is lost. */
    void close() {
        closed = true;
        buffer.hurry(true);
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
                List<T> batch = take();
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

    /** A piece is either in the buffer or in a busy sender, never unseen by flush() in between. */
    private List<T> take() {
        synchronized (sending) {
            List<T> batch = buffer.take();
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

    private void send(List<T> batch) throws InterruptedException {
        HttpRequest request = request(write.apply(batch));
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

    private enum Answer {
        TAKEN,
        REFUSED,
        TRY_AGAIN
    }
}
