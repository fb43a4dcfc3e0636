package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.scheduledTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.queue.EpochRepository;
import dev.runyard.engine.queue.redis.RedisLink;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Kills the engine between every two effects, at the first to the fourth time that it passes there, and
/// lets another one carry on: nothing is lost, nothing runs twice, no slot stays behind.
class CrashTest {
    private static final int LIMIT = 2;
    private static final int RUNS = 6;

    /// Points that only cancellations and bulk actions pass, where CancelCrashTest and BulkCrashTest kill the
    /// engine, and one for very many waiting runs (CrowdTest).
    private static final Set<SyncPoint> ELSEWHERE = EnumSet.of(
            SyncPoint.CHILD_CANCELED,
            SyncPoint.MORE_WAITS_LEFT,
            SyncPoint.BULK_PAGE_PLANNED,
            SyncPoint.BULK_ITEM_DONE,
            SyncPoint.BULK_ITEM_RECORDED);

    /// Stands for the end of the process.
    private static final class SimulatedCrash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static Stream<Arguments> everyPoint() {
        return EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE)).stream()
                .flatMap(point -> IntStream.rangeClosed(1, 4).mapToObj(pass -> Arguments.of(point, pass)));
    }

    @ParameterizedTest
    @MethodSource("everyPoint")
    void recoversFromACrash(SyncPoint point, int pass) {
        try (EngineHarness harness = EngineHarness.create(TestRedis.shared().uri())) {
            harness.controlPlane.deploy(harness.environment, scheduledTask("work"));
            harness.limit("task/work", LIMIT);
            ScheduledLife.begin(harness, "work");
            AtomicInteger passes = new AtomicInteger();
            harness.atSyncPoints(reached -> {
                if (reached == point && passes.incrementAndGet() == pass) {
                    throw new SimulatedCrash();
                }
            });
            assertThatCode(() -> live(harness))
                    .satisfiesAnyOf(
                            crash -> assertThat(crash).isNull(),
                            crash -> assertThat(crash).isInstanceOf(SimulatedCrash.class),
                            crash -> assertThat(crash).isInstanceOf(CompletionException.class));
            if (pass == 1) {
                assertThat(passes).as("a crash at " + point).hasPositiveValue();
            }
            harness.restart();
            carryOn(harness);
            ScheduledLife.end(harness);
            assertEverythingEndedOnce(harness);
            BatchLife.assertEndedOnce(harness);
        }
    }

    /// A short life with triggers, delays, claims, failures and a lost Redis.
    private static void live(EngineHarness harness) {
        BatchLife.abandon(harness);
        for (int i = 0; i < RUNS; i++) {
            harness.trigger(TriggerCommand.of(harness.environment, "work")
                    .delayUntil(i % 3 == 0 ? harness.clock.instant().plusSeconds(1) : null)
                    .build());
        }
        BatchLife.upload(harness);
        for (int i = 0; i < 5; i++) {
            harness.trigger(TriggerCommand.of(harness.environment, "work")
                    .debounce(new Debounce("key", "1s", Debounce.Mode.TRAILING, null))
                    .build());
        }
        harness.advance(Duration.ofSeconds(2));
        for (int i = 0; i < 3; i++) {
            complete(harness, harness.claim(LIMIT));
        }
        harness.part(EpochRepository.class).change("lost", null, harness.clock.instant());
        harness.part(RedisLink.class).distrust();
        harness.step();
        complete(harness, harness.claim(LIMIT));
        liveWaiting(harness);
        ScheduledLife.live(harness);
    }

    /// A run that waits for a run of its own, then for a date.
    private static void liveWaiting(EngineHarness harness) {
        WaitSteps steps = new WaitSteps(harness);
        harness.trigger("work");
        RunState parent = harness.startNext();
        steps.triggerAndWait(parent, "work");
        harness.succeed(harness.startNext());
        harness.step();
        steps.block(harness.state(parent.runId()), steps.dateIn(Duration.ofSeconds(1)));
        harness.advance(Duration.ofSeconds(2));
        harness.succeed(harness.state(parent.runId()));
    }

    /// What supervisors do: start and complete what they get; what lapses comes back by itself.
    private static void carryOn(EngineHarness harness) {
        BatchLife.upload(harness);
        BatchLife.abandon(harness);
        for (int round = 0; round < 20; round++) {
            harness.advance(Duration.ofSeconds(61));
            List<ClaimedRun> claimed = harness.claim(10);
            assertThat(slots(harness)).isLessThanOrEqualTo(LIMIT);
            complete(harness, claimed);
        }
        harness.advance(Duration.ofSeconds(1));
    }

    private static void complete(EngineHarness harness, List<ClaimedRun> claimed) {
        for (ClaimedRun run : claimed) {
            RunState started = harness.start(run.state());
            harness.succeed(started);
        }
    }

    private static int slots(EngineHarness harness) {
        return harness.sql()
                .sql("select count(*) from run_state where slot_held")
                .query(Integer.class)
                .single();
    }

    private static void assertEverythingEndedOnce(EngineHarness harness) {
        List<@Nullable String> statuses = harness.sql()
                .sql("select status from run_state")
                .query(String.class)
                .list();
        assertThat(statuses)
                .allMatch(status -> RunStatus.COMPLETED_SUCCESSFULLY.name().equals(status));
        int successes = harness.sql()
                .sql("select count(*) from run_transition where event = 'SUCCEEDED'")
                .query(Integer.class)
                .single();
        assertThat(successes).isEqualTo(statuses.size());
        EngineHistory.requireGood(harness, EngineHistory.begin());
        assertThat(harness.sql()
                        .sql("select count(*) from outbox")
                        .query(Integer.class)
                        .single())
                .as("messages that Redis did not get")
                .isZero();
        assertThat(harness.sql()
                        .sql("select count(*) from timer")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
