package dev.runyard.webapp.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.RunIdentity;
import dev.runyard.webapp.auth.RunTokens;
import dev.runyard.webapp.testing.Http;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/// Log lines per second through the intake, over HTTP and into the database, none lost: docs/internals/figures.md.
class IngestBench extends WebappTest {
    private static final Logger LOG = LoggerFactory.getLogger(IngestBench.class);
    private static final Duration LENGTH = Duration.ofSeconds(10);
    private static final int BATCH = 500;
    private static final int BATCHES_PER_RUN = 20;
    private static final TimeOrderedIds IDS = new TimeOrderedIds(InstantSource.system());

    @Autowired
    private RunTokens tokens;

    @Autowired
    private TelemetryQueries telemetry;

    @Test
    void takesLinesWithoutLosingAny() {
        measure(4, Duration.ofSeconds(5));
        for (int senders : new int[] {1, 4, 16}) {
            measure(senders, LENGTH);
        }
    }

    private void measure(int senders, Duration length) {
        ConcurrentLinkedQueue<Sent> sent = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < senders; i++) {
                executor.execute(() -> {
                    while (System.nanoTime() < end) {
                        sent.add(sendRun(end, micros));
                    }
                });
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long lines = sent.stream().mapToLong(Sent::lines).sum();
        long kept = sent.stream()
                .mapToLong(run -> telemetry
                        .linesAfter(run.run(), 0, BATCH * (BATCHES_PER_RUN + 1))
                        .size())
                .sum();
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        LOG.info(
                "{} senders: {} lines/s in batches of {}, p50 {} ms, p99 {} ms; {} sent, {} kept",
                senders,
                Math.round(lines / seconds),
                BATCH,
                quantile(sorted, 0.5),
                quantile(sorted, 0.99),
                lines,
                kept);
        assertThat(kept).isEqualTo(lines);
    }

    private Sent sendRun(long end, ConcurrentLinkedQueue<Long> micros) {
        RunId run = new RunId(IDS.next());
        Http sender =
                anonymous().with("Authorization", "Bearer " + tokens.mint(new RunIdentity(run, environmentId("dev"))));
        int lines = 0;
        for (int i = 0; i < BATCHES_PER_RUN && System.nanoTime() < end; i++) {
            long begin = System.nanoTime();
            Http.Answer answer;
            do {
                answer = sender.post("/otel/v1/logs", batch(run));
            } while (answer.status() == 503);
            micros.add((System.nanoTime() - begin) / 1_000);
            assertThat(answer.status()).isEqualTo(200);
            lines += BATCH;
        }
        return new Sent(run, lines);
    }

    private static Map<String, Object> batch(RunId run) {
        List<Map<String, Object>> lines = new ArrayList<>();
        IntStream.range(0, BATCH)
                .forEach(i -> lines.add(Map.of(
                        "timeUnixNano",
                        Long.toString(1_785_578_400_000_000_000L + i),
                        "severityNumber",
                        9,
                        "body",
                        Map.of("stringValue", "order " + i + " of customer 4711 was stored in 12 ms"),
                        "attributes",
                        List.of(
                                attribute("$metadata.ctx.run.id", run.toString()),
                                attribute("runyard.stream", "logger"),
                                attribute("customer", "4711")))));
        return Map.of("resourceLogs", List.of(Map.of("scopeLogs", List.of(Map.of("logRecords", lines)))));
    }

    private static Map<String, Object> attribute(String key, String value) {
        return Map.of("key", key, "value", Map.of("stringValue", value));
    }

    private static double quantile(long[] sorted, double quantile) {
        return Arrays.stream(sorted)
                        .skip((long) (quantile * sorted.length))
                        .findFirst()
                        .orElse(0)
                / 1000.0;
    }

    private record Sent(RunId run, int lines) {}
}
