package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.event.RunEvents.Start;
import dev.runyard.engine.observe.EngineMetric;
import dev.runyard.engine.observe.Repair;
import dev.runyard.testkit.redis.TestRedis;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds docs/operate/metrics.md against the code, and the code against what it really reports.
class MetricsDocTest {
    private static final Path DOC = Path.of("../docs/operate/metrics.md");
    private static final Set<String> NOT_MET = Set.of(
            EngineMetric.CLOCK_SKEW.id(),
            EngineMetric.STALE_CALLS.id(),
            EngineMetric.QUEUED.id(),
            EngineMetric.RUNNING.id(),
            EngineMetric.SCHEDULE_TICKS.id(),
            EngineMetric.SCHEDULE_LATENESS.id());

    @Test
    void theDocumentMatchesTheList() throws IOException {
        String text = document();
        String committed = Files.exists(DOC) ? Files.readString(DOC) : "";
        Files.writeString(DOC, text);
        assertThat(text)
                .as("docs/operate/metrics.md was out of date and has been written again; commit it")
                .isEqualTo(committed);
    }

    @Test
    void everyMeterOfTheEngineIsInTheList() {
        try (EngineHarness harness = EngineHarness.create(TestRedis.shared().uri())) {
            live(harness);
            Map<String, EngineMetric> known = Arrays.stream(EngineMetric.values())
                    .collect(Collectors.toMap(EngineMetric::id, Function.identity()));
            List<Meter> meters = harness.meters.getMeters();
            assertThat(meters).extracting(meter -> meter.getId().getName()).isSubsetOf(known.keySet());
            for (Meter meter : meters) {
                EngineMetric metric =
                        Objects.requireNonNull(known.get(meter.getId().getName()));
                assertThat(meter.getId().getTags())
                        .as(metric.id())
                        .extracting(Tag::getKey)
                        .containsExactlyInAnyOrderElementsOf(metric.tags());
                assertThat(meter.getId().getType()).as(metric.id()).isEqualTo(type(metric));
            }
            Set<String> reported =
                    meters.stream().map(meter -> meter.getId().getName()).collect(Collectors.toSet());
            assertThat(reported)
                    .as("a short life reports all but what it does not meet")
                    .containsAll(known.keySet().stream()
                            .filter(id -> !NOT_MET.contains(id))
                            .toList());
        }
    }

    @Test
    void timesWhatItSaysItTimes() {
        try (EngineHarness harness = EngineHarness.create(TestRedis.shared().uri())) {
            harness.controlPlane.deploy(harness.environment, task("work"));
            harness.trigger("work");
            harness.clock.advance(Duration.ofSeconds(7));
            ClaimedRun claimed = harness.claim().orElseThrow();
            var started = harness.start(claimed.state());
            harness.clock.advance(Duration.ofSeconds(3));
            harness.succeed(started);
            assertThat(harness.meters.get(EngineMetric.QUEUE_WAIT.id()).timer().totalTime(TimeUnit.SECONDS))
                    .isEqualTo(7);
            assertThat(harness.meters
                            .get(EngineMetric.ATTEMPT_DURATION.id())
                            .tag("event", "SUCCEEDED")
                            .timer()
                            .totalTime(TimeUnit.SECONDS))
                    .isEqualTo(3);
            assertThat(harness.meters
                            .get(EngineMetric.CLAIM_SIZE.id())
                            .summary()
                            .totalAmount())
                    .isEqualTo(1);
            assertThat(harness.meters
                            .get(EngineMetric.TRIGGER_LATENCY.id())
                            .tag("outcome", "accepted")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void saysHowFarItIsBehind() {
        TestRedis redis = TestRedis.start();
        try (EngineHarness harness = EngineHarness.create(redis.uri())) {
            harness.controlPlane.deploy(harness.environment, task("work"));
            harness.step();
            assertThat(gauge(harness, EngineMetric.QUEUE_MODE)).isEqualTo(2);
            redis.kill();
            harness.trigger("work");
            harness.advance(Duration.ofSeconds(40));
            assertThat(gauge(harness, EngineMetric.QUEUE_MODE)).isZero();
            assertThat(gauge(harness, EngineMetric.OUTBOX_LAG)).isEqualTo(40);
        } finally {
            redis.close();
        }
    }

    private static double gauge(EngineHarness harness, EngineMetric metric) {
        return harness.meters.get(metric.id()).gauge().value();
    }

    private static void live(EngineHarness harness) {
        harness.controlPlane.deploy(harness.environment, task("work"));
        harness.engine.events().consumer("alerts", Start.NOW);
        for (int i = 0; i < 3; i++) {
            harness.trigger("work");
            harness.succeed(harness.startNext());
        }
        harness.advance(Duration.ofDays(70));
    }

    private static Meter.Type type(EngineMetric metric) {
        return switch (metric.kind()) {
            case COUNTER -> Meter.Type.COUNTER;
            case TIMER -> Meter.Type.TIMER;
            case SUMMARY -> Meter.Type.DISTRIBUTION_SUMMARY;
            case GAUGE, SECONDS -> Meter.Type.GAUGE;
        };
    }

    private static String document() {
        String rows = Arrays.stream(EngineMetric.values())
                .map(metric -> "| `%s` | %s | %s | %s |"
                        .formatted(
                                metric.id(),
                                kind(metric),
                                metric.tags().isEmpty() ? "" : "`" + String.join("`, `", metric.tags()) + "`",
                                metric.meaning()))
                .collect(Collectors.joining("\n"));
        String repairs = Arrays.stream(Repair.values())
                .map(repair -> "| `%s` | %s |".formatted(repair.tag(), repair.meaning()))
                .collect(Collectors.joining("\n"));
        return """
                # Metrics of the run engine

                Written by a test from `EngineMetric` and `Repair`; do not edit. Names are those of Micrometer; Prometheus shows
                `runyard.run.transitions` as `runyard_run_transitions_total`. Gauges are looked up every ten seconds.

                | metric | kind | tags | meaning |
                |---|---|---|---|
                %s

                ## Repairs

                The kinds of `runyard.engine.repairs`. `outbox`, `lease` and `rebuild` follow from crashes and from losses of
                Redis and need no attention. `ready`, `member`, `slot`, `holder`, `counter`, `index` and `limit` mean that
                somebody or something changed Redis behind the engine's back.

                | kind | meaning |
                |---|---|
                %s

                ## Telemetry of runs

                What the webapp counts when runs send their lines and spans.

                | metric | kind | tags | meaning |
                |---|---|---|---|
                | `runyard.telemetry.received` | counter | `kind` | lines (`line`) or spans (`span`) of runs that arrived |
                | `runyard.telemetry.dropped` | counter | `kind` | those of them that were over a limit of their run |
                """.formatted(rows, repairs);
    }

    private static String kind(EngineMetric metric) {
        return switch (metric.kind()) {
            case COUNTER -> "counter";
            case TIMER -> "timer";
            case SUMMARY -> "distribution";
            case GAUGE -> "gauge";
            case SECONDS -> "gauge, seconds";
        };
    }
}
