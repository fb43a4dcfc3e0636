package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.debounce.Debounce.Mode;
import dev.runyard.engine.debounce.DebounceConfig;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.recovery.KeepTables;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DebounceTest {
    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        prepare();
    }

    private void prepare() {
        harness.controlPlane.deploy(harness.environment, task("work"), task("other"));
    }

    private void startWith(DebounceConfig config) {
        harness.close();
        harness = EngineHarness.configured(
                TestRedis.shared().uri(), defaults -> Components.replace(defaults, "debounce", config));
        prepare();
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private TriggerCommandBuilder debounced(String key, Mode mode, @Nullable String maxDelay) {
        return TriggerCommand.of(harness.environment, "work").debounce(new Debounce(key, "5s", mode, maxDelay));
    }

    private TriggerCommandBuilder leading(String key) {
        return debounced(key, Mode.LEADING, null);
    }

    private RunId trigger(TriggerCommandBuilder command) {
        return harness.trigger(command.build());
    }

    private RunDetail detail(RunId run) {
        return harness.engine.queries().detail(harness.environment, run).orElseThrow();
    }

    private int count(String table) {
        return harness.sql()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    private Instant delayUntil(RunId run) {
        return Objects.requireNonNull(harness.state(run).delayUntil());
    }

    @Test
    @Shows({"DB-1", "DB-5"})
    void delaysTheFirstRunAndQueuesItAfterTheQuietTime() {
        RunId run = trigger(debounced("key", Mode.TRAILING, "1m"));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.DELAYED);
        assertThat(detail(run).origin().debounce()).isEqualTo(new Debounce("key", "5s", Mode.TRAILING, "1m"));
        harness.advance(Duration.ofMillis(4_999));
        assertThat(harness.claim()).isEmpty();
        harness.advance(Duration.ofMillis(1));
        assertThat(harness.claimNext().runId()).isEqualTo(run);
    }

    @Test
    @Shows({"DB-2", "DB-3", "DB-24"})
    void collectsLaterTriggersInOneRunAndPushesItToTheNextWholeSecond() {
        RunId run = trigger(leading("key"));
        harness.advance(Duration.ofMillis(2_300));
        assertThat(harness.engine.trigger(leading("key").build())).isEqualTo(new TriggerOutcome.Accepted(run, false));
        assertThat(count("run")).isEqualTo(1);
        assertThat(delayUntil(run)).isEqualTo(Instant.parse("2026-08-01T10:00:08Z"));
        harness.advance(Duration.ofMillis(5_699));
        assertThat(harness.claim()).isEmpty();
        harness.advance(Duration.ofMillis(1));
        assertThat(harness.claimNext().runId()).isEqualTo(run);
    }

    @Test
    @Shows({"DB-4", "DB-8", "DB-11"})
    void keepsKeysOfTasksAndEnvironmentsApart() {
        EnvironmentId elsewhere = harness.controlPlane.addEnvironment("STAGING", 10);
        Debounce debounce = new Debounce("key", "5s", Mode.LEADING, null);
        Set<RunId> runs = Set.of(
                trigger(leading("key")),
                trigger(leading("another")),
                trigger(TriggerCommand.of(harness.environment, "other").debounce(debounce)),
                trigger(TriggerCommand.of(elsewhere, "work").debounce(debounce)));
        assertThat(runs).hasSize(4);
    }

    @Test
    @Shows({"DB-6", "DB-32"})
    void makesANewRunOnceTheFirstLeftItsDelay() {
        RunId first = trigger(leading("key"));
        harness.advance(Duration.ofSeconds(5));
        assertThat(harness.state(first).execution()).isEqualTo(ExecutionStatus.QUEUED);
        RunId second = trigger(leading("key"));
        assertThat(second).isNotEqualTo(first);
        assertThat(trigger(leading("key"))).isEqualTo(second);
        harness.engine.cancel(harness.environment, second, "not wanted");
        assertThat(trigger(leading("key"))).isNotEqualTo(second);
    }

    @Test
    @Shows({"DB-7", "DB-19"})
    void makesANewRunWhereMaxDelayWouldBeExceeded() {
        startWith(new DebounceConfig(Duration.ofSeconds(1), Duration.ofMinutes(10), 512));
        RunId first = trigger(debounced("key", Mode.LEADING, "8s"));
        harness.advance(Duration.ofSeconds(3));
        assertThat(trigger(debounced("key", Mode.LEADING, "8s"))).isEqualTo(first);
        harness.advance(Duration.ofMillis(1));
        RunId second = trigger(debounced("key", Mode.LEADING, "8s"));
        assertThat(second).isNotEqualTo(first);
        assertThat(delayUntil(first)).isEqualTo(Instant.parse("2026-08-01T10:00:08Z"));
        assertThat(trigger(debounced("key", Mode.LEADING, "8s"))).isEqualTo(second);
    }

    @Test
    @Shows("DB-20")
    void obeysTheCeilingWhereNoMaxDelayIsNamed() {
        startWith(new DebounceConfig(Duration.ofSeconds(1), Duration.ofSeconds(8), 512));
        RunId first = trigger(leading("key"));
        harness.advance(Duration.ofSeconds(3));
        assertThat(trigger(leading("key"))).isEqualTo(first);
        harness.advance(Duration.ofSeconds(1));
        assertThat(trigger(leading("key"))).isNotEqualTo(first);
    }

    @Test
    @Shows("DB-21")
    void letsMaxDelayReachBeyondTheCeiling() {
        startWith(new DebounceConfig(Duration.ofSeconds(1), Duration.ofSeconds(8), 512));
        RunId first = trigger(debounced("key", Mode.LEADING, "20s"));
        for (int i = 0; i < 3; i++) {
            harness.advance(Duration.ofSeconds(4));
            assertThat(trigger(debounced("key", Mode.LEADING, "20s"))).isEqualTo(first);
        }
    }

    @Test
    @Shows("DB-27")
    void extendsOneRunForEverWithoutACeiling() {
        RunId run = trigger(leading("key"));
        for (int i = 0; i < 30; i++) {
            harness.advance(Duration.ofSeconds(4));
            assertThat(trigger(leading("key"))).isEqualTo(run);
        }
        assertThat(delayUntil(run)).isEqualTo(Instant.parse("2026-08-01T10:02:05Z"));
    }

    @Test
    @Shows("DB-22")
    void writesNothingForTriggersOfOneQuantum() {
        RunId run = trigger(leading("key"));
        harness.clock.advance(Duration.ofMillis(100));
        trigger(leading("key"));
        int version = harness.state(run).version();
        String before = transactions();
        for (int i = 0; i < 9; i++) {
            harness.clock.advance(Duration.ofMillis(100));
            assertThat(trigger(leading("key"))).isEqualTo(run);
        }
        assertThat(transactions()).as("no transaction wrote anything").isEqualTo(before);
        harness.clock.advance(Duration.ofMillis(1));
        trigger(leading("key"));
        assertThat(harness.state(run).version()).isEqualTo(version + 1);
    }

    /// The next transaction id: statements that only read take none.
    private String transactions() {
        return harness.sql()
                .sql("select pg_snapshot_xmax(pg_current_snapshot())::text")
                .query(String.class)
                .single();
    }

    @Test
    @Shows("DB-16")
    void keepsTheFirstInputByDefault() {
        RunId run = trigger(leading("key").payload("1").metadata("{\"n\":1}").tags(List.of("a")));
        harness.advance(Duration.ofSeconds(2));
        trigger(leading("key")
                .payload("2")
                .metadata("{\"n\":2}")
                .tags(List.of("b"))
                .maxAttempts(9));
        RunDetail detail = detail(run);
        assertThat(detail.payload()).isEqualTo("1");
        assertThat(detail.view().metadata()).isEqualTo("{\"n\":1}");
        assertThat(detail.view().tags()).containsExactly("a");
        assertThat(detail.view().maxAttempts()).isNull();
    }

    @Test
    @Shows({"DB-13", "DB-14", "DB-15", "DB-23"})
    void takesTheLastInputWhenTrailing() {
        RunId run = trigger(debounced("key", Mode.TRAILING, null).payload("1").metadata("{\"n\":1}"));
        Instant first = delayUntil(run);
        trigger(debounced("key", Mode.TRAILING, null)
                .payload("2")
                .payloadType("text/plain")
                .metadata("{\"n\":2}")
                .tags(List.of("b", "c"))
                .maxAttempts(9)
                .maxDurationSeconds(77)
                .machine(MachinePreset.LARGE_1X));
        RunDetail detail = detail(run);
        assertThat(detail.payload()).isEqualTo("2");
        assertThat(detail.payloadType()).isEqualTo("text/plain");
        assertThat(detail.view().metadata()).isEqualTo("{\"n\":2}");
        assertThat(detail.seedMetadata()).isEqualTo("{\"n\":2}");
        assertThat(detail.view().tags()).containsExactly("b", "c");
        assertThat(detail.view().maxAttempts()).isEqualTo(9);
        assertThat(detail.view().maxDurationSeconds()).isEqualTo(77);
        assertThat(detail.view().machine()).isEqualTo(MachinePreset.LARGE_1X);
        assertThat(delayUntil(run)).as("the same quantum").isEqualTo(first);
    }

    @Test
    void keepsWhatTheLastTriggerDoesNotName() {
        RunId run = trigger(debounced("key", Mode.TRAILING, null)
                .payload("1")
                .metadata("{\"n\":1}")
                .tags(List.of("a"))
                .maxAttempts(2));
        trigger(debounced("key", Mode.TRAILING, null));
        RunDetail detail = detail(run);
        assertThat(detail.payload()).isNull();
        assertThat(detail.view().metadata()).isEqualTo("{\"n\":1}");
        assertThat(detail.view().tags()).containsExactly("a");
        assertThat(detail.view().maxAttempts()).isEqualTo(2);
    }

    @Test
    void neverMovesARunEarlier() {
        RunId run = trigger(leading("key").delayUntil(harness.clock.instant().plusSeconds(60)));
        assertThat(delayUntil(run)).isEqualTo(Instant.parse("2026-08-01T10:01:00Z"));
        harness.advance(Duration.ofSeconds(2));
        assertThat(trigger(leading("key"))).isEqualTo(run);
        assertThat(delayUntil(run)).isEqualTo(Instant.parse("2026-08-01T10:01:00Z"));
    }

    @Test
    @Shows({"DB-12", "DB-26"})
    void makesOneRunOfManyConcurrentTriggers() throws Exception {
        for (Mode mode : Mode.values()) {
            Set<RunId> runs = new HashSet<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<RunId>> futures = IntStream.range(0, 60)
                        .mapToObj(i -> threads.submit(() -> {
                            harness.clock.advance(Duration.ofMillis(20));
                            return trigger(debounced("hot " + mode, mode, null).payload("" + i));
                        }))
                        .toList();
                for (Future<RunId> future : futures) {
                    runs.add(future.get());
                }
            }
            assertThat(runs).hasSize(1);
        }
        assertThat(count("run")).isEqualTo(2);
    }

    @Test
    void collectsEveryTriggerThatRacesWithTheEndOfTheDelay() throws Exception {
        Set<RunId> runs = new HashSet<>();
        for (int round = 0; round < 20; round++) {
            runs.add(trigger(debounced("key", Mode.TRAILING, null).payload("first")));
            harness.clock.advance(Duration.ofSeconds(5));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> firing = threads.submit(harness::step);
                Future<RunId> racing = threads.submit(
                        () -> trigger(debounced("key", Mode.TRAILING, null).payload("last")));
                firing.get();
                RunId run = racing.get();
                runs.add(run);
                assertThat(detail(run).payload()).isEqualTo("last");
            }
            harness.advance(Duration.ofSeconds(10));
        }
        for (RunId run : runs) {
            assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
        }
    }

    @Test
    @Shows("DB-31")
    void makesANewRunWhereTheOldOneIsGone() {
        RunId gone = trigger(leading("key"));
        harness.sql().sql("delete from run_state").update();
        RunId run = trigger(leading("key"));
        assertThat(run).isNotEqualTo(gone);
        assertThat(trigger(leading("key"))).isEqualTo(run);
    }

    @Test
    void looksAtIdempotencyKeysFirst() {
        TriggerCommand.IdempotencyKey key = new TriggerCommand.IdempotencyKey(
                "order", null, harness.clock.instant().plus(Duration.ofDays(1)));
        RunId first = trigger(leading("key").idempotencyKey(key).requestKey("call-1"));
        assertThat(harness.engine.trigger(
                        leading("elsewhere").idempotencyKey(key).build()))
                .isEqualTo(new TriggerOutcome.Accepted(first, true));
        assertThat(trigger(leading("key").requestKey("call-2"))).isEqualTo(first);
        harness.advance(Duration.ofSeconds(10));
        assertThat(harness.state(first).execution()).isEqualTo(ExecutionStatus.QUEUED);
        assertThat(trigger(leading("key").requestKey("call-2")))
                .as("the same call, tried again after the run left its delay")
                .isEqualTo(first);
        assertThat(trigger(leading("key").requestKey("call-3"))).isNotEqualTo(first);
    }

    @Test
    void forgetsKeysWhoseRunsLeftTheirDelay() {
        trigger(leading("old"));
        harness.advance(Duration.ofSeconds(4));
        RunId collecting = trigger(leading("new"));
        harness.advance(Duration.ofSeconds(1));
        harness.part(KeepTables.class).keep();
        assertThat(count("debounce")).isEqualTo(1);
        assertThat(trigger(leading("new"))).isEqualTo(collecting);
    }

    @Test
    void refusesWhatCannotBeDebounced() {
        TriggerCommand command = TriggerCommand.of(harness.environment, "work")
                .debounce(new Debounce("key", "tomorrow", Mode.LEADING, null))
                .build();
        assertThat(harness.engine.trigger(command)).isInstanceOf(TriggerOutcome.Rejected.class);
        assertThat(count("run")).isZero();
    }

    @Test
    void movesThePlaceInTheQueueWithTheDelay() {
        RunId pushed = trigger(leading("key").priorityMs(500));
        RunState before = harness.state(pushed);
        harness.advance(Duration.ofSeconds(3));
        trigger(leading("key"));
        assertThat(harness.state(pushed).score() - before.score()).isEqualTo(3_000);
    }
}
