package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Places in a queue, the same whether Redis is there or away.
@ParameterizedClass
@EnumSource(RunQueueTest.Source.class)
class QueueOrderTest {
    private static final TaskRunError BOOM =
            new TaskRunError.BuiltIn("java.lang.IllegalStateException", "boom", "at …");

    private final RunQueueTest.Source source;
    private TestRedis redis;
    private EngineHarness harness;

    QueueOrderTest(RunQueueTest.Source source) {
        this.source = source;
    }

    @BeforeEach
    void start() {
        redis = source == RunQueueTest.Source.REDIS ? TestRedis.shared() : TestRedis.start();
        harness = EngineHarness.create(redis.uri());
        harness.controlPlane.deploy(harness.environment, task("work"));
        if (source == RunQueueTest.Source.DATABASE) {
            redis.kill();
        }
    }

    @AfterEach
    void stop() {
        harness.close();
        if (source == RunQueueTest.Source.DATABASE) {
            redis.close();
        }
    }

    @Test
    @Shows({"PR-1"})
    void startsByPriorityAndHoldsNegativeOnesUntilTheyAreDue() {
        RunId low = trigger(-3_000);
        RunId plain = trigger(0);
        RunId high = trigger(5_000);
        RunId higher = trigger(9_000);
        assertThat(claimed(5)).containsExactly(higher, high, plain);
        assertThat(harness.state(low).status()).isEqualTo(RunStatus.PENDING);
        harness.advance(Duration.ofMillis(2_999));
        assertThat(claimed(5)).isEmpty();
        harness.advance(Duration.ofMillis(1));
        assertThat(claimed(5)).containsExactly(low);
    }

    @Test
    @Shows({"EM-3", "EM-6"})
    void neverLetsAFutureRunBlockTheHead() {
        trigger(-60_000);
        RunId plain = trigger(0);
        assertThat(claimed(5)).containsExactly(plain);
    }

    @Test
    @Shows({"EM-5"})
    void putsARunBehindThoseThatWait() {
        harness.limit("task/work", 0);
        RunId first = trigger(0);
        RunId second = trigger(0);
        harness.limit("task/work", 5);
        RunId third = trigger(0);
        assertThat(claimed(5)).containsExactly(first, second, third);
    }

    @Test
    void appliesAPriorityToADelayedRunFromItsDelayOn() {
        RunId delayed = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .delayUntil(harness.clock.instant().plusSeconds(10))
                .priorityMs(-5_000)
                .ttl(Duration.ofSeconds(30))
                .build());
        harness.advance(Duration.ofSeconds(10));
        assertThat(harness.state(delayed).status()).isEqualTo(RunStatus.PENDING);
        assertThat(claimed(1)).isEmpty();
        harness.advance(Duration.ofSeconds(5));
        assertThat(claimed(1)).containsExactly(delayed);
    }

    @Test
    void countsTheTtlFromWhereARunMayStart() {
        RunId run = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .priorityMs(-5_000)
                .ttl(Duration.ofSeconds(3))
                .build());
        harness.advance(Duration.ofSeconds(5));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.PENDING);
        harness.advance(Duration.ofSeconds(3));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.EXPIRED);
    }

    @Test
    void cancelsARunBeforeItsPlaceIsDue() {
        RunId run = trigger(-5_000);
        harness.engine.cancel(harness.environment, run, "no");
        harness.advance(Duration.ofSeconds(6));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(claimed(1)).isEmpty();
        assertThat(harness.sql()
                        .sql("select count(*) from timer")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void keepsTheOrderOfTriggeringAtOneInstant() {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            runs.add(harness.trigger("work"));
        }
        assertThat(claimed(50)).containsExactlyElementsOf(runs);
    }

    @Test
    void keepsTheOldPlaceOfARetriedRun() {
        RunId first = trigger(0);
        RunState started = harness.startNext();
        RunId second = trigger(0);
        harness.fail(started, BOOM, new Completion.Retry(0, 45_000));
        assertThat(harness.state(first).notBefore())
                .isEqualTo(harness.clock.instant().plusSeconds(45));
        harness.limit("task/work", 1);
        harness.advance(Duration.ofMillis(44_999));
        assertThat(claimed(1)).containsExactly(second);
        RunId third = trigger(0);
        harness.advance(Duration.ofSeconds(1));
        harness.succeed(harness.start(harness.state(second)));
        assertThat(claimed(5)).as("before " + third).containsExactly(first);
    }

    @Test
    void survivesARestartBeforeAPlaceIsDue() {
        RunId run = trigger(-5_000);
        harness.restart();
        harness.advance(Duration.ofSeconds(5));
        assertThat(claimed(1)).containsExactly(run);
    }

    private RunId trigger(long priorityMs) {
        return harness.trigger(TriggerCommand.of(harness.environment, "work")
                .priorityMs(priorityMs)
                .build());
    }

    private List<RunId> claimed(int n) {
        return harness.claim(n).stream()
                .map(ClaimedRun::state)
                .map(RunState::runId)
                .toList();
    }
}
