package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static dev.runyard.engine.InMemoryControlPlane.taskWithLimits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.queue.redis.RedisLink;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.engine.trigger.TriggerConfig;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How long a run waits for its first start, and that nothing of it is left when it does not come.
class ExpireRunTest {
    private static final TaskRunError BOOM = new TaskRunError.Text("boom");

    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        prepare();
    }

    private void prepare() {
        harness.controlPlane.deploy(
                harness.environment,
                task("work"),
                taskWithLimits("quick", 60, "5m"),
                taskWithLimits("odd", 60, "soon"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private TriggerCommandBuilder work() {
        return TriggerCommand.of(harness.environment, "work");
    }

    private RunId within(int seconds) {
        return harness.trigger(work().ttl(Duration.ofSeconds(seconds)).build());
    }

    private void assertExpired(RunId run) {
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.EXPIRED);
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.FINISHED);
        assertThat(harness.state(run).lastEvent()).isEqualTo(RunEvent.EXPIRED);
    }

    private @Nullable Instant timer(RunId run) {
        return harness.sql()
                .sql("select due_at from timer where kind = 'TTL' and subject_id = ?")
                .param(run.value())
                .query((row, _) -> row.getObject("due_at", OffsetDateTime.class).toInstant())
                .optional()
                .orElse(null);
    }

    @Test
    @Shows({"TT-1", "TT-2", "TT-6"})
    void expiresRunsThatFindNoCapacityAndLeavesNothingOfThem() {
        harness.limit("task/work", 1);
        RunState running = startedWithoutTtl();
        List<RunId> waiting = List.of(within(10), within(10), within(10));
        waiting.forEach(
                run -> assertThat(timer(run)).isEqualTo(harness.clock.instant().plusSeconds(10)));
        harness.advance(Duration.ofMillis(9_999));
        waiting.forEach(run -> assertThat(harness.state(run).status()).isEqualTo(RunStatus.PENDING));
        harness.advance(Duration.ofMillis(1));
        waiting.forEach(this::assertExpired);
        assertThat(harness.engine
                        .queries()
                        .detail(harness.environment, waiting.getFirst())
                        .orElseThrow()
                        .error())
                .isEqualTo(TaskRunError.Text.expired("The run was not started within its ttl of 10s."));
        harness.succeed(running);
        assertThat(harness.claim(10)).isEmpty();
        harness.step();
        assertThat(harness.sql()
                        .sql("select (select count(*) from timer) + (select count(*) from outbox)")
                        .query(Integer.class)
                        .single())
                .isZero();
        harness.succeed(startedWithoutTtl());
    }

    private RunState startedWithoutTtl() {
        harness.trigger("work");
        return harness.startNext();
    }

    @Test
    @Shows({"TT-3", "TT-4", "TN-2"})
    void countsOnlyUntilTheFirstStart() {
        RunId run = within(10);
        RunState started = harness.startNext();
        harness.fail(started, BOOM, new Completion.Retry(0, 45_000));
        assertThat(harness.state(run).score()).isEqualTo(started.score());
        harness.advance(Duration.ofSeconds(45));
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
        assertThat(timer(run)).isNull();
        harness.advance(Duration.ofSeconds(30));
        harness.succeed(harness.startNext());
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    @Shows("TN-1")
    void neverExpiresARunWhoseWorkerWasLost() {
        RunId run = within(10);
        harness.startNext();
        harness.advance(Duration.ofSeconds(61));
        harness.advance(Duration.ofSeconds(1));
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
        harness.succeed(harness.startNext());
    }

    @Test
    @Shows("TN-1")
    void neverExpiresARunThatWasHandedOutInVain() {
        RunId run = within(10);
        harness.claimNext();
        harness.advance(Duration.ofSeconds(61));
        assertThat(harness.state(run).lastEvent()).isEqualTo(RunEvent.DISPATCH_LAPSED);
        harness.succeed(harness.startNext());
    }

    @Test
    @Shows({"TT-5", "WX-4"})
    void expiresRunsOfADevelopmentEnvironmentAfterTenMinutes() {
        EnvironmentId development = harness.controlPlane.addEnvironment("DEVELOPMENT", 10);
        RunId run = harness.trigger(TriggerCommand.of(development, "work").build());
        RunId longer = harness.trigger(TriggerCommand.of(development, "work")
                .ttl(Duration.ofMinutes(11))
                .build());
        RunId endless = harness.trigger(
                TriggerCommand.of(development, "work").ttl(Duration.ZERO).build());
        harness.advance(Duration.ofMinutes(10));
        assertExpired(run);
        assertThat(harness.state(longer).status()).isEqualTo(RunStatus.PENDING);
        harness.advance(Duration.ofMinutes(1));
        assertExpired(longer);
        harness.advance(Duration.ofDays(30));
        assertThat(harness.state(endless).status()).isEqualTo(RunStatus.PENDING);
    }

    @Test
    @Shows({"TT-7", "WX-3"})
    void letsARunWithoutATtlWait() {
        RunId run = harness.trigger("work");
        RunId zero = harness.trigger(TriggerCommand.of(harness.environment, "quick")
                .ttl(Duration.ZERO)
                .build());
        harness.advance(Duration.ofDays(300));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.PENDING);
        assertThat(harness.state(zero).status()).isEqualTo(RunStatus.PENDING);
        assertThat(harness.claim(2)).hasSize(2);
    }

    @Test
    @Shows({"TT-8", "TT-11"})
    void handsOutOnlyRunsThatAreStillInTime() {
        RunId late = within(10);
        RunId alive = within(60);
        harness.advance(Duration.ofSeconds(10));
        assertExpired(late);
        assertThat(harness.claim(2)).extracting(run -> run.state().runId()).containsExactly(alive);
    }

    @Test
    @Shows({"TT-9", "TT-10", "TN-3"})
    void expiresARunThatAClaimMeetsBeforeItsTimerFires() {
        harness.limit("task/work", 1);
        RunId late = within(10);
        RunId alive = harness.trigger("work");
        harness.clock.advance(Duration.ofSeconds(10));
        assertThat(harness.claimNext().runId())
                .as("the slot of the claim went to the next run")
                .isEqualTo(alive);
        assertExpired(late);
        assertThat(timer(late)).isNull();
    }

    @Test
    @Shows("TN-4")
    void expiresARunWithAConcurrencyKeyThatAClaimMeets() {
        harness.limit("task/work", 1);
        RunId late = harness.trigger(
                work().concurrencyKey("tenant").ttl(Duration.ofSeconds(10)).build());
        RunId alive = harness.trigger(work().concurrencyKey("tenant").build());
        harness.clock.advance(Duration.ofSeconds(10));
        assertThat(harness.claimNext().runId()).isEqualTo(alive);
        assertExpired(late);
    }

    @Test
    void expiresInTimeWhileRedisIsAway() {
        RunId late = within(10);
        harness.part(RedisLink.class).distrust();
        harness.clock.advance(Duration.ofSeconds(10));
        harness.part(TimerWheel.class).fireDue();
        assertExpired(late);
        harness.step();
        assertThat(harness.claim()).isEmpty();
    }

    @Test
    @Shows({"TT-12", "TT-13", "TT-14"})
    void leavesRunsAloneThatStartedOrEndedOrAreNotThere() {
        RunId started = within(10);
        harness.startNext();
        RunId claimed = within(10);
        harness.claimNext();
        RunId canceled = within(10);
        harness.engine.cancel(harness.environment, canceled, "not wanted");
        harness.sql()
                .sql("insert into timer (kind, subject_id, due_at) values ('TTL', gen_random_uuid(), '2026-08-01Z')")
                .update();
        harness.clock.advance(Duration.ofSeconds(10));
        assertThat(harness.part(TimerWheel.class).fireDue()).isZero();
        assertThat(harness.state(started).status()).isEqualTo(RunStatus.EXECUTING);
        assertThat(harness.state(claimed).status()).isEqualTo(RunStatus.DEQUEUED);
        assertThat(harness.state(canceled).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(harness.sql()
                        .sql("select count(*) from timer")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    @Shows("TT-16")
    void expiresARunWhoseEnvironmentIsGone() {
        RunId run = within(10);
        harness.controlPlane.remove(harness.environment);
        harness.advance(Duration.ofSeconds(10));
        assertExpired(run);
    }

    @Test
    @Shows("TT-17")
    void doesNothingWhereNothingIsDue() {
        within(10);
        assertThat(harness.part(TimerWheel.class).fireDue()).isZero();
        assertThat(harness.part(TimerWheel.class).untilNext(Duration.ofMinutes(1)))
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void expiresOrStartsButNeverBoth() throws Exception {
        for (int round = 0; round < 20; round++) {
            RunId run = within(10);
            harness.clock.advance(Duration.ofMillis(9_999));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<List<ClaimedRun>> claiming = threads.submit(() -> harness.engine.claim(
                        new ClaimRequest("main", EngineHarness.WORKER, 1, Duration.ZERO, EngineHarness.RUNNER)));
                Future<?> firing = threads.submit(() -> {
                    harness.clock.advance(Duration.ofMillis(1));
                    harness.part(TimerWheel.class).fireDue();
                });
                firing.get();
                List<ClaimedRun> claimed = claiming.get();
                if (claimed.isEmpty()) {
                    assertExpired(run);
                } else {
                    assertThat(harness.state(run).status()).isEqualTo(RunStatus.EXECUTING);
                    harness.succeed(claimed.getFirst().state());
                }
            }
        }
    }

    @Test
    @Shows("WX-3")
    void clampsEveryTtlToThePlatformsLongest() {
        harness.close();
        TriggerConfig config = Components.replace(TriggerConfig.DEFAULT, "defaultMaxTtl", Duration.ofMinutes(2));
        harness = EngineHarness.configured(
                TestRedis.shared().uri(), defaults -> Components.replace(defaults, "trigger", config));
        prepare();
        List<RunId> clamped = new ArrayList<>(List.of(harness.trigger("work"), within(0), within(121), within(120)));
        clamped.add(
                harness.trigger(TriggerCommand.of(harness.environment, "quick").build()));
        clamped.add(
                harness.trigger(TriggerCommand.of(harness.environment, "odd").build()));
        assertThat(clamped).extracting(run -> harness.state(run).ttlSeconds()).containsOnly(120);
        assertThat(harness.state(within(119)).ttlSeconds()).isEqualTo(119);
    }

    @Test
    void takesTheTasksTtlWhereTheTriggerNamesNone() {
        RunId quick =
                harness.trigger(TriggerCommand.of(harness.environment, "quick").build());
        assertThat(harness.state(quick).ttlSeconds()).isEqualTo(300);
        assertThat(harness.state(harness.trigger(
                                TriggerCommand.of(harness.environment, "odd").build()))
                        .ttlSeconds())
                .isNull();
    }
}
