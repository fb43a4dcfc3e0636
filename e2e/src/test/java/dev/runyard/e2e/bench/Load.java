package dev.runyard.e2e.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Sends one request again and again and says how long the answers took.
final class Load {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final URI uri;
    private final Map<String, String> headers;
    private final String body;

    Load(URI uri, Map<String, String> headers, String body) {
        this.uri = uri;
        this.headers = headers;
        this.body = body;
    }

    /// @param requests answers that came
    /// @param failures answers other than 200
    /// @param seconds from the first to the last
    /// @param sortedMicros how long each took
    record Result(int requests, int failures, double seconds, long[] sortedMicros) {
        double perSecond() {
            return requests / seconds;
        }

        double millis(double quantile) {
            return sortedMicros.length == 0
                    ? Double.NaN
                    : sortedMicros[(int) Math.min(sortedMicros.length - 1, quantile * sortedMicros.length)] / 1000.0;
        }

        @Override
        public String toString() {
            return "%d requests, %d failures, %.0f/s, p50 %.2f ms, p99 %.2f ms"
                    .formatted(requests, failures, perSecond(), millis(0.5), millis(0.99));
        }
    }

    /// Lets clients send for a while, each waiting for its answer.
    Result closed(int clients, Duration length) throws InterruptedException {
        ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
        AtomicInteger failures = new AtomicInteger();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                executor.execute(() -> {
                    while (System.nanoTime() < end) {
                        micros.add(timed(failures));
                    }
                });
            }
        }
        return result(micros, failures.get(), System.nanoTime() - start);
    }

    /// Sends at a fixed rate whatever the answers do; latency counts from the intended time.
    Result open(int perSecond, Duration length) throws InterruptedException {
        ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
        AtomicInteger failures = new AtomicInteger();
        long start = System.nanoTime();
        int total = (int) (perSecond * length.toSeconds());
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < total; i++) {
                long intended = start + i * 1_000_000_000L / perSecond;
                LockSupport.parkNanos(intended - System.nanoTime());
                executor.execute(() -> {
                    timed(failures);
                    micros.add((System.nanoTime() - intended) / 1000);
                });
            }
        }
        return result(micros, failures.get(), System.nanoTime() - start);
    }

    private long timed(AtomicInteger failures) {
        long sent = System.nanoTime();
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body));
            headers.forEach(request::header);
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                failures.incrementAndGet();
            }
        } catch (IOException e) {
            failures.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return (System.nanoTime() - sent) / 1000;
    }

    private static Result result(ConcurrentLinkedQueue<Long> micros, int failures, long nanos) {
        long[] sorted = micros.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Result(sorted.length, failures, nanos / 1e9, sorted);
    }
}
