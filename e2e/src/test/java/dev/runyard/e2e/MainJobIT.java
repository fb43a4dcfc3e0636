package dev.runyard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.e2e.tasks.ProbeTasks;
import dev.runyard.sdk.client.Run;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.RunStatus;
import dev.runyard.sdk.run.TriggerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The main job with child processes as workloads: trigger, run, see the result; and what bad tasks do.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private WholeSystem system;
    private Runyard client;

    @BeforeAll
    void start() {
        system = WholeSystem.start(
                Path.of("target", "main-job", String.valueOf(System.nanoTime())),
                "process",
                Map.of("RUNYARD_SUPERVISOR_TIMING_STOPGRACE", "3s"));
        client = system.client();
        system.deployProbes();
    }

    @AfterAll
    void stop() {
        client.close();
        system.close();
    }

    @Test
    void runsATaskAndReturnsItsTypedResult() {
        Path witness = system.folder().resolve("witness");
        RunResult<Long> result = client.trigger(ProbeTasks.PROBE, new ProbeTasks.Probe(witness.toString(), 5))
                .await(PATIENCE);
        assertThat(result)
                .isInstanceOfSatisfying(
                        RunResult.Completed.class,
                        completed -> assertThat(completed.output()).isInstanceOf(Long.class));
        assertThat(witness).exists();
    }

    @Test
    void retriesUntilTheTaskSucceeds() {
        RunResult<Integer> result = client.trigger(ProbeTasks.FLAKY, 3).await(PATIENCE);
        assertThat(result)
                .isInstanceOfSatisfying(
                        RunResult.Completed.class,
                        completed -> assertThat(completed.output()).isEqualTo(3));
    }

    @Test
    void keepsWhatATaskPrintedEvenWhenItExits() {
        Run run = failed(client.trigger(ProbeTasks.EXITS, 7));
        assertThat(run.status()).isEqualTo(RunStatus.CRASHED);
        assertThat(run.error()).isNotNull();
        assertThat(String.valueOf(run.error())).contains("7");
    }

    @Test
    void reportsATaskThatEatsItsMemory() {
        Run run = failed(client.trigger(ProbeTasks.HOARDS, 4_000));
        assertThat(run.status()).isEqualTo(RunStatus.CRASHED);
        assertThat(String.valueOf(run.error())).containsIgnoringCase("memory");
    }

    @Test
    void cancelsATaskThatIgnoresIt() {
        RunHandle<Integer> handle = client.trigger(ProbeTasks.STUBBORN, 600_000L);
        awaitStatus(handle, RunStatus.EXECUTING);
        handle.cancel();
        awaitStatus(handle, RunStatus.CANCELED);
    }

    @Test
    void endsATaskAtItsMaxDuration() {
        RunHandle<Integer> handle = client.trigger(
                ProbeTasks.STUBBORN, 600_000L, TriggerOptions.none().maxDuration(Duration.ofSeconds(5)));
        awaitStatus(handle, RunStatus.TIMED_OUT);
    }

    private Run failed(RunHandle<?> handle) {
        return client.runs().await(handle.id(), PATIENCE);
    }

    private static void awaitStatus(RunHandle<?> handle, RunStatus status) {
        Awaitility.await(handle.id() + " is " + status)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> handle.retrieve().status() == status);
    }
}
