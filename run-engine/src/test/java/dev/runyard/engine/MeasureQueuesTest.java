package dev.runyard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.gate.ChangeGates;
import dev.runyard.engine.gate.GateParts;
import dev.runyard.engine.gate.GateRepository;
import dev.runyard.engine.gate.MeasureQueues;
import dev.runyard.engine.gate.QueueConfig;
import dev.runyard.engine.gate.QueueViewRepository;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.testkit.redis.TestRedis;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeasureQueuesTest {
    private static final Duration SOME_TIME = Duration.ofSeconds(1);

    @Test
    @Shows({"MX-1", "MX-3", "WQ-1"})
    void tellsOfTheBusiestQueuesAndOfNoMore() {
        try (EngineHarness harness = EngineHarness.create(TestRedis.shared().uri())) {
            harness.controlPlane.deploy(
                    harness.environment, InMemoryControlPlane.task("a"), InMemoryControlPlane.task("b"));
            trigger(harness, "a", 3);
            harness.claim(1);
            trigger(harness, "b", 2);
            trigger(harness, "c", 1);
            MeasureQueues measure = measure(harness, 2);
            measure.measure();
            assertThat(value(harness, MeasureQueues.QUEUED, "task/a")).isEqualTo(2);
            assertThat(value(harness, MeasureQueues.RUNNING, "task/a")).isEqualTo(1);
            assertThat(value(harness, MeasureQueues.QUEUED, "task/b")).isEqualTo(2);
            assertThat(harness.meters.find(MeasureQueues.QUEUED).gauges()).hasSize(2);
            assertThat(harness.meters
                            .get(EngineMetrics.TRANSITIONS)
                            .tag("event", "TRIGGERED")
                            .counter()
                            .count())
                    .isEqualTo(6);
            assertThat(harness.meters
                            .get(EngineMetrics.TRANSITIONS)
                            .tag("event", "CLAIMED")
                            .counter()
                            .count())
                    .isEqualTo(1);
            trigger(harness, "c", 5);
            measure.measure();
            assertThat(value(harness, MeasureQueues.QUEUED, "task/c")).isEqualTo(6);
            assertThat(harness.meters.find(MeasureQueues.QUEUED).gauges()).hasSize(2);
        }
    }

    @Test
    void tellsNothingUnlessAsked() {
        try (EngineHarness harness = EngineHarness.create(TestRedis.shared().uri())) {
            trigger(harness, "a", 3);
            harness.step();
            assertThat(harness.meters.find(MeasureQueues.QUEUED).gauges()).isEmpty();
        }
    }

    private static MeasureQueues measure(EngineHarness harness, int queues) {
        QueueConfig config = new QueueConfig(10, SOME_TIME, SOME_TIME, queues, SOME_TIME, SOME_TIME, 1);
        return new GateParts(
                        harness.controlPlane.environments(),
                        new GateRepository(harness.sql()),
                        harness.part(QueueViewRepository.class),
                        harness.part(ChangeGates.class))
                .measureQueues(config, harness.meters);
    }

    private static void trigger(EngineHarness harness, String task, int n) {
        for (int i = 0; i < n; i++) {
            harness.trigger(TriggerCommand.of(harness.environment, task).build());
        }
    }

    private static double value(EngineHarness harness, String name, String queue) {
        Gauge gauge = harness.meters.find(name).tag("queue", queue).gauge();
        return gauge == null ? -1 : gauge.value();
    }
}
