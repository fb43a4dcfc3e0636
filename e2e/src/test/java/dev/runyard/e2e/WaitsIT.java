package dev.runyard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.e2e.tasks.WaitTasks;
import dev.runyard.protocol.id.RunId;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.RunQuery;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Runs that trigger others and wait, with child processes as workloads.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaitsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private WholeSystem system;
    private Runyard client;

    @BeforeAll
    void start() {
        system = WholeSystem.start(Path.of("target", "waits", String.valueOf(System.nanoTime())), "process", Map.of());
        client = system.client();
        system.deployProbes();
    }

    @AfterAll
    void stop() {
        client.close();
        system.close();
    }

    @Test
    void returnsOutputsOfChildrenOneAfterTheOther() {
        assertThat(client.trigger(WaitTasks.QUADRUPLE, 5).await(PATIENCE).outputOrThrow())
                .isEqualTo(20);
    }

    @Test
    void showsHowAChildFailed() {
        assertThat(client.trigger(WaitTasks.OBSERVE, -3).await(PATIENCE).outputOrThrow())
                .isEqualTo("failed negative: -3");
    }

    @Test
    void waitsForABatchInTheOrderOfItsItems() {
        assertThat(client.trigger(WaitTasks.SUM, 4).await(PATIENCE).outputOrThrow())
                .isEqualTo(IntStream.range(0, 4).map(number -> 2 * number).sum());
        assertThat(client.trigger(WaitTasks.MIXED, 4).await(PATIENCE).outputOrThrow())
                .isEqualTo("completed 8 | completed failed negative: -1 | failed negative: -2");
    }

    @Test
    void waitsLongerThanItMayExecute() {
        RunHandle<Long> run = client.trigger(WaitTasks.REST, 7_000L);
        awaitWaiting(run);
        assertThat(run.await(PATIENCE))
                .isInstanceOfSatisfying(
                        RunResult.Completed.class,
                        completed -> assertThat((Long) completed.output()).isGreaterThanOrEqualTo(6_900L));
    }

    @Test
    void letsATokenTimeOut() {
        assertThat(client.trigger(WaitTasks.ASK, 1).await(PATIENCE).outputOrThrow())
                .startsWith("TimedOut[message=Waitpoint timed out");
    }

    @Test
    void doesNotRepeatAChildWhoseKeyIsItsParents() {
        assertThat(client.trigger(WaitTasks.ONCE, 21).await(PATIENCE).outputOrThrow())
                .isEqualTo(42);
        assertThat(client.runs().stream(RunQuery.all()).filter(run -> run.tags().contains("once-child")))
                .hasSize(1);
    }

    @Test
    void cancelsARunThatWaits() {
        RunHandle<Long> run = client.trigger(WaitTasks.REST, 600_000L);
        awaitWaiting(run);
        run.cancel();
        assertThat(run.await(PATIENCE)).isInstanceOf(RunResult.Canceled.class);
    }

    private void awaitWaiting(RunHandle<?> run) {
        Awaitility.await(run.id() + " waits")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> system.sql()
                        .sql("select execution from run_state where run_id = ?")
                        .param(RunId.parse(run.id()).value())
                        .query(String.class)
                        .single()
                        .equals("EXECUTING_WITH_WAITPOINTS"));
    }
}
