package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.runyard.engine.cancel.CancelConfig;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Kills the engine while it cancels a tree of runs: every run of the tree ends canceled, and ends once.
class CancelCrashTest {
    private static final int CHILDREN = 5;

    /// Stands for the end of the process.
    private static final class SimulatedCrash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static Stream<Arguments> everyPoint() {
        return EnumSet.of(
                        SyncPoint.TRANSITION_DECIDED,
                        SyncPoint.TRANSITION_COMMITTED,
                        SyncPoint.PROJECTION_APPLIED,
                        SyncPoint.TIMER_FOUND,
                        SyncPoint.CHILD_CANCELED)
                .stream()
                .flatMap(point -> IntStream.rangeClosed(1, 4).mapToObj(pass -> Arguments.of(point, pass)));
    }

    @ParameterizedTest
    @MethodSource("everyPoint")
    void cancelsTheTreeAllTheSame(SyncPoint point, int pass) {
        try (EngineHarness harness = EngineHarness.configured(
                TestRedis.shared().uri(), defaults -> Components.replace(defaults, "cancels", new CancelConfig(2)))) {
            harness.controlPlane.deploy(harness.environment, task("work"));
            RunId root = plant(harness);
            AtomicInteger passes = new AtomicInteger();
            harness.atSyncPoints(reached -> {
                if (reached == point && passes.incrementAndGet() == pass) {
                    throw new SimulatedCrash();
                }
            });
            assertThatCode(() -> cancel(harness, root)).isInstanceOf(SimulatedCrash.class);
            harness.restart();
            cancel(harness, root);
            assertEveryRunWasCanceledOnce(harness);
        }
    }

    /// A root and a child that workers have, more children in the queue, and a grandchild.
    private static RunId plant(EngineHarness harness) {
        RunId root = harness.trigger("work");
        harness.startNext();
        RunId child = child(harness, root);
        harness.startNext();
        child(harness, child);
        for (int i = 0; i < CHILDREN; i++) {
            child(harness, root);
        }
        return root;
    }

    private static RunId child(EngineHarness harness, RunId parent) {
        return harness.trigger(
                TriggerCommand.of(harness.environment, "work").parent(parent).build());
    }

    private static void cancel(EngineHarness harness, RunId root) {
        harness.engine.cancel(harness.environment, root, "not wanted");
        for (int i = 0; i < 8; i++) {
            harness.advance(Duration.ofMillis(10));
        }
        RunState state = harness.state(root);
        if (!state.isFinished()) {
            harness.fail(state, TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_CANCELLED, "stopped"), null);
        }
        harness.advance(harness.config().cancelTimeout().plusMillis(1));
        harness.advance(Duration.ofMillis(10));
    }

    private static void assertEveryRunWasCanceledOnce(EngineHarness harness) {
        assertThat(count(harness, "select count(*) from run_state where status = 'CANCELED'"))
                .isEqualTo(CHILDREN + 3);
        assertThat(count(harness, "select count(*) from run_transition where event = 'CANCELED'"))
                .isEqualTo(CHILDREN + 3);
        assertThat(count(harness, "select count(*) from run_transition where event = 'CANCEL_REQUESTED'"))
                .isEqualTo(2);
        assertThat(count(harness, "select count(*) from run_state where status_reason <> 'not wanted'"))
                .isZero();
        assertThat(count(harness, "select count(*) from timer")).isZero();
        assertThat(count(harness, "select count(*) from outbox")).isZero();
    }

    private static int count(EngineHarness harness, String sql) {
        return harness.sql().sql(sql).query(Integer.class).single();
    }
}
