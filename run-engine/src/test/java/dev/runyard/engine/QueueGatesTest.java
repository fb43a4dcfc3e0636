package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.gate.LimitOverride;
import dev.runyard.engine.gate.OverrideOutcome;
import dev.runyard.engine.gate.QueuePage;
import dev.runyard.engine.gate.QueueView;
import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Each gate between a waiting run and its slot, the same whether Redis is there or away.
@ParameterizedClass
@EnumSource(RunQueueTest.Source.class)
class QueueGatesTest {
    private final RunQueueTest.Source source;
    private TestRedis redis;
    private EngineHarness harness;

    QueueGatesTest(RunQueueTest.Source source) {
        this.source = source;
    }

    @BeforeEach
    void start() {
        redis = source == RunQueueTest.Source.REDIS ? TestRedis.shared() : TestRedis.start();
        harness = EngineHarness.create(redis.uri());
        harness.controlPlane.deploy(harness.environment, task("work"), task("other"), task("third"));
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
    @Shows({"DW-3", "DW-4", "DW-5", "FS-2", "FS-3"})
    void letsQueuesTogetherUseTheBurstButNoneOfThemAlone() {
        environment(4, 1.5);
        trigger("work", null, 6);
        assertThat(harness.claim(10)).as("one queue").hasSize(4);
        trigger("other", null, 6);
        List<ClaimedRun> others = harness.claim(10);
        assertThat(others).as("up to 6 of 4 × 1.5").hasSize(2);
        assertThat(others).allMatch(run -> run.state().taskId().equals("other"));
        assertThat(harness.claim(10)).isEmpty();
        harness.succeed(harness.start(others.getFirst().state()));
        assertThat(harness.claim(10)).hasSize(1);
    }

    @Test
    @Shows({"CI-3"})
    void limitsAllKeysOfAQueueTogether() {
        harness.engine.declareQueues(harness.environment, List.of(new QueueDeclaration("task/work", 2, 3)));
        trigger("work", "a", 3);
        trigger("work", "b", 3);
        List<ClaimedRun> held = harness.claim(10);
        assertThat(keys(held)).as("two of a, then one of b").containsExactly("a", "a", "b");
        assertThat(harness.claim(10)).isEmpty();
        succeed(held.get(0));
        assertThat(keys(harness.claim(10))).as("the earlier place").containsExactly("a");
        succeed(held.get(2));
        assertThat(keys(harness.claim(10))).as("a is full").containsExactly("b");
    }

    @Test
    void opensTheRightKeyWhenOneOfManyEnds() {
        harness.engine.queues().limitCombined(harness.environment, "task/work", 1);
        for (int i = 0; i < 50; i++) {
            trigger("work", "key-" + i, 1);
        }
        List<String> served = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            List<ClaimedRun> next = harness.claim(5);
            served.addAll(keys(next));
            next.forEach(this::succeed);
        }
        assertThat(served).hasSize(50).isEqualTo(served.stream().distinct().toList());
        assertThat(served.getFirst()).isEqualTo("key-0");
        assertThat(served.getLast()).isEqualTo("key-49");
    }

    @Test
    void takesAndLiftsACombinedLimitWhileRunsWait() {
        trigger("work", "a", 2);
        trigger("work", "b", 2);
        harness.engine.queues().limitCombined(harness.environment, "task/work", 1);
        assertThat(harness.claim(10)).hasSize(1);
        trigger("work", "c", 1);
        assertThat(harness.claim(10)).isEmpty();
        harness.engine.queues().limitCombined(harness.environment, "task/work", 3);
        assertThat(harness.claim(10)).hasSize(2);
        harness.engine.queues().limitCombined(harness.environment, "task/work", null);
        assertThat(harness.claim(10)).hasSize(2);
    }

    @Test
    void findsAnOpenKeyBehindThousandsThatAreFull() {
        int keys = 600;
        environment(2 * keys, 1);
        harness.limit("task/work", 1);
        for (int i = 0; i < keys; i++) {
            trigger("work", "key-" + i, 2);
        }
        while (!harness.claim(2 * keys).isEmpty()) {
            assertThat(slots()).isLessThanOrEqualTo(keys);
        }
        assertThat(slots()).isEqualTo(keys);
        RunId late = trigger("work", "late", 1).getFirst();
        assertThat(harness.claimNext().runId()).isEqualTo(late);
    }

    @Test
    @Shows({"CX-1", "CX-2", "CX-3"})
    void takesAnyTextAsConcurrencyKey() {
        List<String> odd = List.of("*", "ck:*", "a|b", "ü ~", "%7C", "", " ", ":1", "{x}", "~");
        harness.engine.declareQueues(harness.environment, List.of(new QueueDeclaration("task/work", 1, 8)));
        for (String key : odd) {
            trigger("work", key, 2);
        }
        List<ClaimedRun> first = harness.claim(20);
        assertThat(keys(first)).isEqualTo(odd.subList(0, 8));
        first.forEach(this::succeed);
        assertThat(keys(harness.claim(20)))
                .containsExactlyInAnyOrderElementsOf(List.of("*", "ck:*", "a|b", "ü ~", "%7C", "", " ", ":1"));
    }

    @Test
    @Shows({"WX-13"})
    void holdsAPausedQueueAndKeepsItsLimit() {
        harness.limit("task/work", 1);
        trigger("work", null, 3);
        RunState running = harness.startNext();
        harness.engine.queues().pause(harness.environment, "task/work");
        harness.succeed(running);
        assertThat(harness.claim(5)).isEmpty();
        RunId other = trigger("other", null, 1).getFirst();
        assertThat(harness.claimNext().runId()).isEqualTo(other);
        assertThat(view("task/work").settings().isPaused()).isTrue();
        harness.engine.queues().resume(harness.environment, "task/work");
        assertThat(harness.claim(5)).as("the limit was kept").hasSize(1);
    }

    @Test
    void tellsAPauseFromALimitOfZero() {
        harness.limit("task/work", 0);
        trigger("work", null, 1);
        assertThat(harness.claim()).isEmpty();
        assertThat(view("task/work").settings().isPaused()).isFalse();
        harness.engine.queues().pause(harness.environment, "task/work");
        harness.limit("task/work", 1);
        assertThat(harness.claim()).as("still paused").isEmpty();
        harness.engine.queues().resume(harness.environment, "task/work");
        assertThat(harness.claim()).isPresent();
    }

    @Test
    void holdsAPausedEnvironmentUntilBothSidesResume() {
        trigger("work", null, 2);
        harness.engine.queues().pauseEnvironment(harness.environment);
        assertThat(harness.claim(5)).isEmpty();
        harness.controlPlane.change(harness.environment, 10, true);
        harness.engine.queues().resumeEnvironment(harness.environment);
        assertThat(harness.claim(5)).as("the control plane paused it too").isEmpty();
        harness.controlPlane.change(harness.environment, 10, false);
        harness.engine.refreshLimits(harness.environment);
        assertThat(harness.claim(5)).hasSize(2);
    }

    @Test
    void overridesADeclaredLimitUntilTheReset() {
        harness.limit("task/work", 1);
        trigger("work", null, 6);
        assertThat(override(new LimitOverride.Slots(3)))
                .isInstanceOfSatisfying(
                        OverrideOutcome.Changed.class,
                        changed -> assertThat(changed.queue().limitInForce()).isEqualTo(3));
        assertThat(harness.claim(10)).hasSize(3);
        harness.limit("task/work", 4);
        assertThat(harness.claim(10)).as("a declaration changes only the base").isEmpty();
        harness.engine.queues().resetOverride(harness.environment, "task/work");
        assertThat(view("task/work").limitInForce()).isEqualTo(4);
        assertThat(view("task/work").overridden()).isNull();
        assertThat(harness.claim(10)).hasSize(1);
    }

    @Test
    void remembersWhoOverrodeALimit() {
        assertThat(harness.engine
                        .queues()
                        .override(harness.environment, "task/work", new LimitOverride.Slots(2), "Ann"))
                .isInstanceOfSatisfying(
                        OverrideOutcome.Changed.class,
                        changed -> assertThat(changed.queue().overridden())
                                .isEqualTo(new QueueView.Overridden(harness.clock.instant(), "Ann")));
    }

    @Test
    void refusesOverridesThatTheEnvironmentDoesNotAllow() {
        environment(10, 2);
        assertThat(override(new LimitOverride.Slots(11))).isInstanceOf(OverrideOutcome.Rejected.class);
        assertThat(override(new LimitOverride.Slots(-1))).isInstanceOf(OverrideOutcome.Rejected.class);
        assertThat(override(percent("0"))).isInstanceOf(OverrideOutcome.Rejected.class);
        assertThat(override(percent("100.01"))).isInstanceOf(OverrideOutcome.Rejected.class);
        assertThat(harness.engine.queues().find(harness.environment, "task/work"))
                .isEmpty();
        assertThat(override(new LimitOverride.Slots(0))).isInstanceOf(OverrideOutcome.Changed.class);
        assertThat(override(new LimitOverride.Slots(10))).isInstanceOf(OverrideOutcome.Changed.class);
        assertThat(override(percent("100"))).isInstanceOf(OverrideOutcome.Changed.class);
    }

    @Test
    @Shows({"WX-15"})
    void followsTheEnvironmentsLimitWithAShare() {
        environment(10, 1);
        override(percent("25"));
        trigger("work", null, 12);
        assertThat(harness.claim(20)).as("25 % of 10").hasSize(2);
        environment(20, 1);
        assertThat(harness.claim(20)).as("25 % of 20").hasSize(3);
        environment(3, 1);
        assertThat(view("task/work").limitInForce()).as("at least one").isEqualTo(1);
    }

    @Test
    void neverLetsADeclaredLimitExceedTheEnvironments() {
        environment(2, 2);
        harness.limit("task/work", 50);
        trigger("work", null, 5);
        assertThat(view("task/work").limitInForce()).isEqualTo(2);
        assertThat(harness.claim(10)).hasSize(2);
    }

    @Test
    @Shows({"RQ-1", "CK-1", "CK-4", "CK-5", "CK-6", "CK-9", "CK-10", "CK-11", "CK-13", "DW-1"})
    void countsWhatWaitsAndRunsInAQueue() {
        trigger("work", "a", 2);
        trigger("work", "b", 1);
        trigger("work", null, 1);
        assertThat(counts("task/work")).containsExactly(4L, 0L);
        RunState started = harness.startNext();
        assertThat(counts("task/work")).containsExactly(3L, 1L);
        harness.step();
        harness.step();
        assertThat(counts("task/work")).as("nothing counts twice").containsExactly(3L, 1L);
        harness.succeed(started);
        assertThat(counts("task/work")).containsExactly(3L, 0L);
    }

    @Test
    @Shows({"CI-9"})
    void listsKeysByHowLongTheyWait() {
        trigger("work", "b", 2);
        trigger("work", "a", 1);
        trigger("work", "b", 1);
        harness.claim();
        assertThat(harness.engine.queues().keys(harness.environment, "task/work", 10))
                .containsExactly(new QueueView.Key("b", 2, 1), new QueueView.Key("a", 1, 0));
    }

    @Test
    void listsQueuesByNameInPages() {
        harness.limit("declared", 5);
        trigger("work", null, 1);
        harness.claim();
        trigger("work", null, 1);
        trigger("other", null, 1);
        QueuePage first = harness.engine.queues().page(harness.environment, 1, 2);
        assertThat(first.queues())
                .extracting(queue -> queue.settings().name(), QueueView::queued, QueueView::running)
                .containsExactly(tuple("declared", 0L, 0L), tuple("task/other", 1L, 0L));
        assertThat(first.count()).isEqualTo(3);
        assertThat(harness.engine.queues().page(harness.environment, 2, 2).queues())
                .extracting(queue -> queue.settings().name(), QueueView::queued, QueueView::running)
                .containsExactly(tuple("task/work", 1L, 1L));
        assertThat(harness.engine.queues().page(harness.environment, 3, 2).queues())
                .isEmpty();
    }

    @Test
    @Shows({"RQ-7", "AK-2", "RL-2"})
    void forgetsARunThatIsCanceledWhileItWaits() {
        harness.limit("task/work", 1);
        trigger("work", null, 1);
        RunState running = harness.startNext();
        RunId run = trigger("work", null, 1).getFirst();
        harness.engine.cancel(harness.environment, run, "no");
        assertThat(counts("task/work")).containsExactly(0L, 1L);
        trigger("work", null, 1);
        assertThat(harness.claim()).as("the other's slot is not free").isEmpty();
        harness.succeed(running);
        assertThat(harness.claim(5)).hasSize(1);
    }

    @Test
    @Shows({"CI-6"})
    void servesRunsWithAndWithoutAKey() {
        harness.limit("task/work", 1);
        trigger("work", "a", 2);
        trigger("work", null, 2);
        trigger("other", null, 1);
        assertThat(keys(harness.claim(10))).containsExactly("a", "null", "null");
    }

    @Test
    @Shows({"RQ-10", "NK-1", "EM-8", "EM-9"})
    void givesASlotBackWhenAHandOutLapses() {
        harness.limit("task/work", 1);
        RunId first = trigger("work", null, 2).getFirst();
        harness.claimNext();
        harness.advance(harness.config().pendingStartTimeout().plusSeconds(1));
        assertThat(counts("task/work")).containsExactly(2L, 0L);
        assertThat(harness.claimNext().runId()).as("it keeps its place").isEqualTo(first);
    }

    private OverrideOutcome override(LimitOverride limit) {
        return harness.engine.queues().override(harness.environment, "task/work", limit);
    }

    private static LimitOverride percent(String share) {
        return new LimitOverride.Percent(new BigDecimal(share));
    }

    private void environment(int limit, double burst) {
        harness.controlPlane.change(
                harness.environment,
                old -> new EnvironmentSettings(old.id(), old.type(), limit, burst, false, old.workerQueue(), null));
        harness.engine.refreshLimits(harness.environment);
    }

    private List<RunId> trigger(String task, @Nullable String key, int n) {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            harness.clock.advance(Duration.ofMillis(1));
            runs.add(harness.trigger(TriggerCommand.of(harness.environment, task)
                    .concurrencyKey(key)
                    .build()));
        }
        return runs;
    }

    private void succeed(ClaimedRun run) {
        harness.succeed(harness.start(run.state()));
    }

    private static List<String> keys(List<ClaimedRun> runs) {
        return runs.stream()
                .map(run -> String.valueOf(run.state().concurrencyKey()))
                .toList();
    }

    private QueueView view(String queue) {
        return harness.engine.queues().find(harness.environment, queue).orElseThrow();
    }

    private List<Long> counts(String queue) {
        return harness.engine
                .queues()
                .find(harness.environment, queue)
                .map(view -> List.of(view.queued(), view.running()))
                .orElse(List.of());
    }

    private int slots() {
        return harness.sql()
                .sql("select count(*) from run_state where slot_held")
                .query(Integer.class)
                .single();
    }
}
