package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many runs that wait for one token: they go on in several transactions.
class CrowdTest {
    private static final int AT_ONCE = 3;

    private EngineHarness harness;
    private WaitSteps steps;

    @BeforeEach
    void start() {
        harness = EngineHarness.configured(
                TestRedis.shared().uri(),
                config -> Components.replace(
                        config, "waits", Components.replace(config.waits(), "resumedAtOnce", AT_ONCE)));
        harness.controlPlane.deploy(harness.environment, task("work"));
        steps = new WaitSteps(harness);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private List<RunState> waitingFor(WaitpointId token, int runs) {
        return IntStream.range(0, runs)
                .mapToObj(_ -> steps.block(steps.started("work"), token))
                .toList();
    }

    private long waiting(List<RunState> runs) {
        return runs.stream()
                .filter(run -> harness.state(run.runId()).execution() == ExecutionStatus.EXECUTING_WITH_WAITPOINTS)
                .count();
    }

    private int transitions() {
        return harness.sql()
                .sql("select count(*) from run_transition where event = 'RESUMED'")
                .query(Integer.class)
                .single();
    }

    @Test
    void letsAllOfThemGoOnHoweverManyTransactionsThatTakes() {
        for (int crowd : new int[] {AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 1}) {
            WaitpointId token = steps.token();
            List<RunState> runs = waitingFor(token, crowd);
            AtomicInteger more = new AtomicInteger();
            harness.atSyncPoints(point -> more.addAndGet(point == SyncPoint.MORE_WAITS_LEFT ? 1 : 0));
            steps.complete(token, "1");
            assertThat(waiting(runs)).isZero();
            assertThat(more.get())
                    .as("transactions after the first, %d runs", crowd)
                    .isEqualTo(rounds(crowd));
            harness.step();
            runs.forEach(run -> harness.succeed(harness.state(run.runId())));
        }
    }

    /// The last round finds nothing more.
    private static int rounds(int crowd) {
        return crowd < AT_ONCE ? 0 : Math.ceilDiv(crowd - AT_ONCE, AT_ONCE) + 1;
    }

    @Test
    void letsTheRestGoOnAfterACrash() {
        WaitpointId token = steps.token();
        List<RunState> runs = waitingFor(token, 3 * AT_ONCE);
        AtomicInteger passes = new AtomicInteger();
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.MORE_WAITS_LEFT && passes.incrementAndGet() == 2) {
                throw new IllegalStateException("crash");
            }
        });
        assertThatThrownBy(() -> steps.complete(token, "1")).hasMessage("crash");
        assertThat(waiting(runs)).isEqualTo(AT_ONCE);
        harness.restart();
        harness.step();
        assertThat(waiting(runs)).isZero();
        assertThat(transitions()).isEqualTo(3 * AT_ONCE);
        runs.forEach(run -> assertThat(steps.outputs(run.runId())).hasSize(1));
    }
}
