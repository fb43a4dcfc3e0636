package dev.runyard.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.protocol.id.RunId;
import dev.runyard.sdk.TaskReference;
import dev.runyard.sdk.client.Run;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.RunQuery;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Every task of the example `patterns`, the twins of the TypeScript samples, on a live server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PatternRuns {
    static final Path BUNDLE = Path.of("..", "examples", "patterns", "target", "bundle")
            .toAbsolutePath()
            .normalize();

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Map<String, String> VIDEO = Map.of("url", "talk.mp4", "language", "German");

    private WholeSystem system;
    private Runyard client;

    /// Starts a server on which the example is deployed.
    abstract WholeSystem deployed() throws IOException, InterruptedException;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        system = deployed();
        client = system.client();
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        if (system != null) {
            client.close();
            system.close();
        }
    }

    @Test
    void processesData() {
        assertThat(output("process-data", Map.of("userId", "u", "data", List.of("a", "b"))))
                .isEqualTo(Map.of("processed", 2));
    }

    @Test
    void checksAPayload() {
        assertThat(output("validated-task", Map.of("name", "Ada", "age", 36, "email", "ada@example.com")))
                .isEqualTo("Hello Ada, age 36");
        RunHandle<Object> wrong =
                trigger("validated-task", Map.of("name", "Ada", "age", 360, "email", "ada@example.com"));
        assertThat(wrong.await(PATIENCE)).isNotInstanceOf(RunResult.Completed.class);
        assertThat(client.runs().retrieve(wrong.id()).attemptCount()).isEqualTo(1);
    }

    @Test
    void repeatsAStepThatFails() {
        assertThat(output("resilient-task", 2)).isEqualTo(3);
    }

    @Test
    void chargesOnce() {
        assertThat(output("process-payment", "order")).isEqualTo("ORDER");
    }

    @Test
    void triggersAFamily() {
        assertThat(output("parent-task", "x")).isEqualTo(List.of("X", "X-AGAIN", "A", "B"));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(runs("child-task", "part_x-alone"))
                        .singleElement()
                        .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.COMPLETED)));
    }

    @Test
    void joinsUpdates() {
        assertThat(client.trigger(reference("updates"), "7").await(PATIENCE)).isInstanceOf(RunResult.Completed.class);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(runs("internal-processor", null))
                        .singleElement()
                        .satisfies(run -> assertThat(run.outputJson()).isEqualTo("3")));
    }

    @Test
    void showsItsProgress() {
        assertThat(output("batch-processor", List.of("a", "b", "c"))).isEqualTo(3);
    }

    @Test
    void waitsForAnHourUntilItIsCanceled() {
        RunHandle<Object> run = trigger("task-with-waits", "2030-01-01T00:00:00Z");
        Awaitility.await().atMost(PATIENCE).until(() -> execution(run.id()).equals("EXECUTING_WITH_WAITPOINTS"));
        run.cancel();
        assertThat(run.await(PATIENCE)).isInstanceOf(RunResult.Canceled.class);
    }

    @Test
    void runsByTheClock() {
        Map<String, String> tick =
                Map.of("timestamp", "2026-11-21T09:00:00Z", "timezone", "UTC", "externalId", "user_1");
        assertThat(output("daily-report", tick)).isEqualTo(Map.of("date", "2026-11-21T09:00:00Z"));
        assertThat(trigger("tokyo-5am", tick).await(PATIENCE)).isInstanceOf(RunResult.Completed.class);
        assertThat(output("todo-reminder", tick)).isEqualTo("reminded user_1");
    }

    @Test
    void composesTracksAndOrchestrators() {
        assertThat(output("media_track", VIDEO)).isEqualTo("German transcript of talk.mp3");
        assertThat(output("media_orchestrator", VIDEO))
                .isEqualTo(Map.of("done", List.of("transcript", "thumbnail"), "failed", List.of()));
    }

    /// The API calls a run executing while its process waits.
    private String execution(String run) {
        return system.sql()
                .sql("select execution from run_state where run_id = :run")
                .param("run", RunId.parse(run).value())
                .query(String.class)
                .single();
    }

    private Object output(String task, Object payload) {
        return trigger(task, payload).await(PATIENCE).outputOrThrow();
    }

    private RunHandle<Object> trigger(String task, Object payload) {
        return client.trigger(reference(task), payload);
    }

    private static TaskReference<Object, Object> reference(String task) {
        return TaskReference.to(task, Object.class, Object.class);
    }

    private List<Run> runs(String task, @Nullable String tag) {
        return client.runs().stream(RunQuery.all())
                .filter(run ->
                        run.taskId().equals(task) && (tag == null || run.tags().contains(tag)))
                .map(run -> client.runs().retrieve(run.id()))
                .toList();
    }
}
