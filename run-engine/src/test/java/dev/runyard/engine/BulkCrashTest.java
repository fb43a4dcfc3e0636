package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.runyard.engine.bulk.BulkAction;
import dev.runyard.engine.bulk.BulkCommand;
import dev.runyard.engine.bulk.BulkConfig;
import dev.runyard.engine.bulk.BulkKind;
import dev.runyard.engine.bulk.BulkOutcome;
import dev.runyard.engine.bulk.BulkStatus;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.BulkActionId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Kills the engine in the middle of bulk actions: another one goes on where it stopped, and does nothing twice.
class BulkCrashTest {
    private static final int RUNS = 5;
    private static final BulkConfig SMALL =
            new BulkConfig(2, Duration.ofMillis(200), Duration.ofSeconds(60), 500, 255, 3);

    /// Stands for the end of the process.
    private static final class SimulatedCrash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static Stream<Arguments> everyPoint() {
        return EnumSet.of(
                        SyncPoint.TRIGGER_COMMITTED,
                        SyncPoint.TRANSITION_COMMITTED,
                        SyncPoint.BULK_PAGE_PLANNED,
                        SyncPoint.BULK_ITEM_DONE,
                        SyncPoint.BULK_ITEM_RECORDED)
                .stream()
                .flatMap(point -> IntStream.rangeClosed(1, 3).mapToObj(pass -> Arguments.of(point, pass)));
    }

    @ParameterizedTest
    @MethodSource("everyPoint")
    void goesOnWhereItStopped(SyncPoint point, int pass) {
        try (EngineHarness harness = EngineHarness.configured(
                TestRedis.shared().uri(), defaults -> Components.replace(defaults, "bulk", SMALL))) {
            harness.controlPlane.deploy(harness.environment, task("work"));
            List<RunId> runs = trigger(harness);
            BulkActionId replay = create(harness, BulkKind.REPLAY, runs);
            BulkActionId cancel = create(harness, BulkKind.CANCEL, runs);
            AtomicInteger passes = new AtomicInteger();
            harness.atSyncPoints(reached -> {
                if (reached == point && passes.incrementAndGet() == pass) {
                    throw new SimulatedCrash();
                }
            });
            assertThatCode(() -> work(harness)).isInstanceOf(SimulatedCrash.class);
            harness.restart();
            harness.advance(SMALL.lease().plusMillis(1));
            work(harness);
            assertThat(of(harness, replay)).isEqualTo(new BulkAction.Counts(RUNS, RUNS, 0, 0));
            assertThat(of(harness, cancel)).isEqualTo(new BulkAction.Counts(RUNS, RUNS, 0, 0));
            assertThat(count(harness, "select count(distinct replay_of) from run"))
                    .isEqualTo(RUNS);
            assertThat(count(harness, "select count(*) from run")).isEqualTo(2 * RUNS);
            assertThat(count(harness, "select count(*) from run_transition where event = 'CANCELED'"))
                    .isEqualTo(RUNS);
        }
    }

    private static List<RunId> trigger(EngineHarness harness) {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(harness.trigger(
                    TriggerCommand.of(harness.environment, "work").payload("1").build()));
        }
        return runs;
    }

    private static BulkActionId create(EngineHarness harness, BulkKind kind, List<RunId> runs) {
        return ((BulkOutcome.Created) harness.engine.bulk().create(BulkCommand.naming(harness.environment, kind, runs)))
                .id();
    }

    private static void work(EngineHarness harness) {
        for (int i = 0; i < 8; i++) {
            harness.advance(SMALL.pause());
        }
    }

    private static BulkAction.Counts of(EngineHarness harness, BulkActionId id) {
        BulkAction action = harness.engine.bulk().find(harness.environment, id).orElseThrow();
        assertThat(action.status()).isEqualTo(BulkStatus.COMPLETED);
        return action.counts();
    }

    private static int count(EngineHarness harness, String sql) {
        return harness.sql().sql(sql).query(Integer.class).single();
    }
}
