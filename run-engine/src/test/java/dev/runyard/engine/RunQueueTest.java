package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Limits and order, the same whether claims come from Redis or, while it is away, from the database.
@ParameterizedClass
@EnumSource(RunQueueTest.Source.class)
class RunQueueTest {
    enum Source {
        REDIS,
        DATABASE
    }

    private final Source source;
    private TestRedis redis;
    private EngineHarness harness;

    RunQueueTest(Source source) {
        this.source = source;
    }

    @BeforeEach
    void start() {
        redis = source == Source.REDIS ? TestRedis.shared() : TestRedis.start();
        harness = EngineHarness.create(redis.uri());
        harness.controlPlane.deploy(harness.environment, task("work"), task("other"));
        if (source == Source.DATABASE) {
            redis.kill();
        }
    }

    @AfterEach
    void stop() {
        harness.close();
        if (source == Source.DATABASE) {
            redis.close();
        }
    }

    @Test
    @Shows({"RQ-2"})
    void claimsInTheOrderOfTriggering() {
        List<RunId> triggered = trigger("work", 5);
        assertThat(claimed(5)).containsExactlyElementsOf(triggered);
    }

    @Test
    @Shows({"WQR-1"})
    void handsOutRunsOnlyFromTheWorkerQueueOfTheirEnvironment() {
        harness.controlPlane.change(
                harness.environment,
                old -> new EnvironmentSettings(old.id(), old.type(), old.concurrencyLimit(), false, "berlin"));
        harness.engine.refreshLimits(harness.environment);
        RunId run = harness.trigger("work");
        assertThat(harness.claim(5)).isEmpty();
        assertThat(harness.engine.claim(new ClaimRequest("berlin", EngineHarness.WORKER, 5, Duration.ZERO)))
                .extracting(claimed -> claimed.state().runId())
                .containsExactly(run);
    }

    @Test
    void letsPriorityOvertake() {
        RunId first = harness.trigger("work");
        RunId urgent = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .priorityMs(10_000)
                .build());
        assertThat(claimed(2)).containsExactly(urgent, first);
    }

    @Test
    @Shows({"RQ-4", "RQ-6", "AK-1", "DW-6"})
    void neverExceedsTheLimitOfAQueue() {
        harness.limit("task/work", 2);
        trigger("work", 5);
        List<ClaimedRun> held = new ArrayList<>(harness.claim(5));
        assertThat(held).hasSize(2);
        assertThat(harness.claim(5)).isEmpty();
        harness.succeed(harness.start(held.getFirst().state()));
        assertThat(harness.claim(5)).hasSize(1);
    }

    @Test
    void claimsPastAFullQueue() {
        harness.limit("task/work", 1);
        trigger("work", 3);
        RunId other = harness.trigger("other");
        assertThat(claimed(1)).hasSize(1);
        assertThat(claimed(5)).containsExactly(other);
    }

    @Test
    void givesEachConcurrencyKeyTheWholeLimit() {
        harness.limit("task/work", 1);
        for (String key : List.of("a", "a", "b|c", "b|c")) {
            harness.trigger(TriggerCommand.of(harness.environment, "work")
                    .concurrencyKey(key)
                    .build());
        }
        assertThat(harness.claim(5)).hasSize(2);
    }

    @Test
    @Shows({"DW-2", "EM-7", "DQ-1"})
    void neverExceedsTheLimitOfAnEnvironment() {
        harness.controlPlane.change(harness.environment, 3, false);
        harness.engine.refreshLimits(harness.environment);
        trigger("work", 3);
        trigger("other", 3);
        List<ClaimedRun> held = harness.claim(10);
        assertThat(held).hasSize(3);
        held.forEach(run -> harness.succeed(harness.start(run.state())));
        assertThat(harness.claim(10)).hasSize(3);
    }

    @Test
    void holdsEverythingWhileAnEnvironmentIsPaused() {
        harness.controlPlane.change(harness.environment, 10, true);
        harness.engine.refreshLimits(harness.environment);
        RunId run = harness.trigger("work");
        assertThat(harness.claim(1)).isEmpty();
        harness.controlPlane.change(harness.environment, 10, false);
        harness.engine.refreshLimits(harness.environment);
        assertThat(claimed(1)).containsExactly(run);
    }

    @Test
    void appliesARaisedLimitToWhatWaits() {
        harness.limit("task/work", 0);
        trigger("work", 3);
        assertThat(harness.claim(3)).isEmpty();
        harness.limit("task/work", 2);
        assertThat(harness.claim(3)).hasSize(2);
    }

    @Test
    void keepsASlotUntilTheAttemptEndsOrIsQueuedAgain() {
        harness.limit("task/work", 1);
        trigger("work", 2);
        var started = harness.startNext();
        harness.engine.cancel(harness.environment, started.runId(), "stop");
        assertThat(harness.claim(2)).isEmpty();
        harness.advance(harness.config().cancelTimeout().plusSeconds(1));
        assertThat(harness.claim(2)).hasSize(1);
    }

    private List<RunId> trigger(String task, int n) {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            harness.clock.advance(Duration.ofMillis(1));
            runs.add(harness.trigger(task));
        }
        return runs;
    }

    private List<RunId> claimed(int n) {
        return harness.claim(n).stream().map(run -> run.state().runId()).toList();
    }
}
