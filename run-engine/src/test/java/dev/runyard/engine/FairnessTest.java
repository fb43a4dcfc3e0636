package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Turns between environments, the same whether Redis is there or away. The clock stands still: no turn hangs on it.
@ParameterizedClass
@EnumSource(RunQueueTest.Source.class)
class FairnessTest {
    private final RunQueueTest.Source source;
    private TestRedis redis;
    private EngineHarness harness;
    private EnvironmentId busy;

    FairnessTest(RunQueueTest.Source source) {
        this.source = source;
    }

    @BeforeEach
    void start() {
        redis = source == RunQueueTest.Source.REDIS ? TestRedis.shared() : TestRedis.start();
        harness = EngineHarness.create(redis.uri());
        busy = harness.environment;
        harness.controlPlane.deploy(busy, task("work"));
    }

    @AfterEach
    void stop() {
        harness.close();
        if (source == RunQueueTest.Source.DATABASE) {
            redis.close();
        }
    }

    @Test
    @Shows({"FS-1", "FS-6"})
    void servesEnvironmentsInTurnHoweverMuchOneHasQueued() {
        EnvironmentId quiet = environment(100);
        EnvironmentId third = environment(100);
        loseRedis();
        trigger(busy, 30);
        trigger(quiet, 10);
        trigger(third, 10);
        Map<EnvironmentId, Integer> served = serve(30);
        assertThat(served).containsEntry(busy, 10).containsEntry(quiet, 10).containsEntry(third, 10);
        assertThat(serve(20)).containsOnlyKeys(busy);
    }

    @Test
    void letsNoEnvironmentStarveWhoseQueueIsEmptyInBetween() {
        EnvironmentId quiet = environment(100);
        loseRedis();
        trigger(busy, 20);
        List<EnvironmentId> order = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            trigger(quiet, 1);
            order.add(next());
            order.add(next());
        }
        assertThat(order.stream().filter(busy::equals)).hasSize(10);
    }

    @Test
    void servesAnEnvironmentBesideOneWithThousandsOfKeys() {
        EnvironmentId quiet = environment(100);
        loseRedis();
        int keys = source == RunQueueTest.Source.REDIS ? 10_000 : 1_000;
        triggerKeys(keys);
        trigger(quiet, 5);
        Map<EnvironmentId, Integer> served = serve(10);
        assertThat(served).containsEntry(busy, 5).containsEntry(quiet, 5);
    }

    @Test
    @Shows({"FS-11"})
    void letsOldRunsOfOneEnvironmentNotHideAnother() {
        EnvironmentId quiet = environment(100);
        loseRedis();
        harness.trigger(TriggerCommand.of(busy, "work")
                .priorityMs(Duration.ofDays(365).toMillis())
                .build());
        trigger(busy, 3);
        trigger(quiet, 2);
        assertThat(serve(4)).containsEntry(busy, 2).containsEntry(quiet, 2);
    }

    @Test
    void leavesAFullEnvironmentOutUntilItHasASlot() {
        EnvironmentId small = environment(1);
        loseRedis();
        trigger(busy, 10);
        trigger(small, 5);
        List<ClaimedRun> held = harness.claim(6);
        assertThat(held.stream().filter(run -> run.state().environmentId().equals(small)))
                .hasSize(1);
        held.forEach(run -> harness.succeed(harness.start(run.state())));
        assertThat(serve(3)).containsOnlyKeys(busy, small);
    }

    private EnvironmentId environment(int limit) {
        EnvironmentId added = harness.controlPlane.addEnvironment("PRODUCTION", limit);
        harness.controlPlane.deploy(added, task("work"));
        harness.engine.refreshLimits(added);
        return added;
    }

    private void loseRedis() {
        if (source == RunQueueTest.Source.DATABASE) {
            redis.kill();
        }
    }

    private void trigger(EnvironmentId environment, int n) {
        for (int i = 0; i < n; i++) {
            harness.trigger(TriggerCommand.of(environment, "work").build());
        }
    }

    private void triggerKeys(int keys) {
        for (int i = 0; i < keys; i++) {
            harness.trigger(
                    TriggerCommand.of(busy, "work").concurrencyKey("key-" + i).build());
        }
    }

    private EnvironmentId next() {
        ClaimedRun run = harness.claim().orElseThrow();
        harness.succeed(harness.start(run.state()));
        return run.state().environmentId();
    }

    /// Claims one run after the other, each to its end; returns how many each environment got.
    private Map<EnvironmentId, Integer> serve(int n) {
        Map<EnvironmentId, Integer> served = new HashMap<>();
        for (int i = 0; i < n; i++) {
            served.merge(next(), 1, Integer::sum);
        }
        return served;
    }
}
