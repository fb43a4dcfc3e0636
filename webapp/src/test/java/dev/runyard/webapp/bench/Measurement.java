package dev.runyard.webapp.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/// How long calls took.
///
/// @param seconds from the first to the last
/// @param sortedNanos each call
record Measurement(double seconds, long[] sortedNanos) {
    /// A call that is made again and again; its number tells it apart from the others.
    @FunctionalInterface
    interface Call extends LongConsumer {}

    /// Lets clients call, each waiting for its answer.
    static Measurement of(int clients, int callsEach, Call call) throws Exception {
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                long first = (long) client * callsEach;
                all.add(executor.submit(() -> {
                    for (long number = first; number < first + callsEach; number++) {
                        long begin = System.nanoTime();
                        call.accept(number);
                        nanos.add(System.nanoTime() - begin);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Measurement((System.nanoTime() - start) / 1e9, sorted);
    }

    double millis(double quantile) {
        return sortedNanos[(int) Math.min(sortedNanos.length - 1L, (long) (quantile * sortedNanos.length))] / 1e6;
    }

    /// A row of a table.
    String row(String name) {
        return "| %s | %.0f | %.1f | %.1f | %.1f |"
                .formatted(name, sortedNanos.length / seconds, millis(0.5), millis(0.95), millis(0.99));
    }

    static String table(String title, Stream<String> rows) {
        return Stream.concat(
                        Stream.of("| " + title + " | calls/s | p50 ms | p95 ms | p99 ms |", "|---|---|---|---|---|"),
                        rows)
                .reduce("", (text, row) -> text + "\n" + row);
    }

    @Override
    public String toString() {
        return row("");
    }
}
