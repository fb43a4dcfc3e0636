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
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

    /// Two runs at once: what one does must not be shown as the other's.
    @Test
    void sendsTheSpansAndLinesOfEachRun(EmbeddedRunyard server) throws Exception {
        RunHandle<Integer> first = client.trigger(WorkerTasks.TRACED, 7);
        RunHandle<Integer> second = client.trigger(WorkerTasks.TRACED, 8);

        assertThat(first.await(PATIENCE).outputOrThrow()).isEqualTo(14);
        assertThat(second.await(PATIENCE).outputOrThrow()).isEqualTo(16);
        assertThat(spanOf(first.id(), server)).contains("{\"orders\":7}", "read 7 orders", "double");
        assertThat(spanOf(second.id(), server)).contains("{\"orders\":8}", "read 8 orders", "double");
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

    /// The span of the task's own, with what lies in it.
    private static String spanOf(String run, EmbeddedRunyard server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/runs/" + run + "/trace"))
                .header("authorization", "Bearer " + server.secretKey())
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer = http.send(request, BodyHandlers.ofString()).body();
            JsonNode root = JsonMapper.shared().readTree(answer).at("/trace/rootSpan");
            List<JsonNode> spans = withThoseInIt(root)
                    .filter(span -> span.at("/data/message").asString().equals("read orders"))
                    .toList();
            assertThat(spans).as(answer).hasSize(1);
            return spans.getFirst().toString();
        }
    }

    private static Stream<JsonNode> withThoseInIt(JsonNode span) {
        return Stream.concat(
                Stream.of(span), span.path("children").valueStream().flatMap(WorkerIT::withThoseInIt));
    }

    private void awaitExecuting(String id) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            Run run = client.runs().retrieve(id);
            return run.status() == RunStatus.EXECUTING;
        });
    }
}
