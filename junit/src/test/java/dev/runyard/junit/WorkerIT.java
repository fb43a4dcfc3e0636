package dev.runyard.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.client.Run;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.RunStatus;
import dev.runyard.worker.TaskSet;
import dev.runyard.worker.Worker;
import dev.runyard.worker.WorkerOptions;
import dev.runyard.worker.WorkerStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Runs that a worker inside this JVM executes, against a live server.
@RunyardTest(tasks = WorkerTasks.class, concurrency = 4)
class WorkerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Runyard client;
    private final Worker worker;

    WorkerIT(Runyard client, Worker worker) {
        this.client = client;
        this.worker = worker;
    }

    @Test
    void executesARun() {
        RunHandle<Integer> run = client.trigger(WorkerTasks.DOUBLE, 21);

        assertThat(run.await(PATIENCE).outputOrThrow()).isEqualTo(42);
        assertThat(worker.status().isWell()).isTrue();
        assertThat(client.runs().retrieve(run.id()).version())
                .isEqualTo(worker.status().version());
    }

    @Test
    void executesAsManyRunsAtOnceAsItMay() {
        List<RunHandle<Integer>> runs = IntStream.range(0, 4)
                .mapToObj(number -> client.trigger(WorkerTasks.MEET, number))
                .toList();

        assertThat(runs).allSatisfy(run -> assertThat(run.await(PATIENCE)).isInstanceOf(RunResult.Completed.class));
    }

    /// More runs wait for each other than may execute at once.
    @Test
    void givesTheSlotOfAWaitingRunToOthers() {
        assertThat(client.trigger(WorkerTasks.NEST, 6).await(PATIENCE).outputOrThrow())
                .isEqualTo(6);
        Awaitility.await().atMost(PATIENCE).until(() -> worker.status().waiting() == 0);
    }

    @Test
    void givesEachRunItsOwnVariables() {
        List<RunHandle<String>> runs = IntStream.range(0, 6)
                .mapToObj(number -> client.trigger(WorkerTasks.WHO, 5_200 + number))
                .toList();

        assertThat(runs)
                .allSatisfy(run ->
                        assertThat("run_" + run.await(PATIENCE).outputOrThrow()).isEqualTo(run.id()));
    }

    @Test
    void repeatsAnAttempt() {
        assertThat(client.trigger(WorkerTasks.SECOND_TIME, 0).await(PATIENCE).outputOrThrow())
                .isEqualTo("attempt 2");
    }

    @Test
    void stopsACanceledRun() throws InterruptedException {
        RunHandle<String> run = client.trigger(WorkerTasks.STUBBORN, 0);
        awaitExecuting(run.id());

        run.cancel();

        assertThat(run.await(PATIENCE)).isInstanceOf(RunResult.Canceled.class);
        assertThat(WorkerTasks.STOPPED.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void goesOnWhenATokenIsCompleted() {
        RunHandle<String> run = client.trigger(WorkerTasks.ASK, 600);
        String token = WorkerTasks.TOKEN
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();

        client.waitpoints().complete(token, "yes");

        assertThat(run.await(PATIENCE).outputOrThrow()).contains("yes");
    }

    /// Runs that nobody could take wait, and are not lost when the application comes back.
    @Test
    void leavesRunsToTheNextWorkerWhenItStops(EmbeddedRunyard server) throws InterruptedException {
        ClientConfig staging = ClientConfig.of(server.url(), server.secretKey("stg"));
        WorkerOptions options = WorkerOptions.of(staging).withPollTimeout(Duration.ofSeconds(1));
        TaskSet tasks = TaskSet.of(WorkerTasks.class);
        try (Runyard other = Runyard.connect(staging)) {
            RunHandle<Integer> early = other.trigger(WorkerTasks.DOUBLE, 1);
            Worker first = Worker.start(options, tasks);
            assertThat(early.await(PATIENCE).outputOrThrow()).isEqualTo(2);
            assertThat(first.stop(Duration.ofSeconds(20))).isTrue();
            assertThat(first.status().state()).isEqualTo(WorkerStatus.State.STOPPED);

            RunHandle<Integer> late = other.trigger(WorkerTasks.DOUBLE, 2);
            try (Worker second = Worker.start(options, tasks)) {
                assertThat(late.await(PATIENCE).outputOrThrow()).isEqualTo(4);
                assertThat(second.status().version())
                        .as("the same build is the same version")
                        .isEqualTo(first.status().version());
            }
        }
    }

    private void awaitExecuting(String id) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            Run run = client.runs().retrieve(id);
            return run.status() == RunStatus.EXECUTING;
        });
    }
}
