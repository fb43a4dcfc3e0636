package dev.runyard.supervisor.workloadapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.supervisor.testing.FakeWebapp;
import dev.runyard.supervisor.testing.TestBundle;
import dev.runyard.supervisor.testing.TestSupervisor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The routes of runners, called by hand while a stand-in sleeps in the run.
final class WorkloadApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static FakeWebapp webapp;
    private static TestSupervisor supervisor;
    private static String bundle;

    private final HttpClient http = HttpClient.newHttpClient();
    private RunId run;

    @BeforeAll
    static void startSupervisor(@TempDir Path folder) throws Exception {
        webapp = new FakeWebapp();
        bundle = TestBundle.in(folder.resolve("bundle"));
        supervisor = TestSupervisor.start(
                webapp,
                folder.resolve("state"),
                "workload-manager=process",
                "max-concurrent-runs=8",
                "on-shutdown=stop");
    }

    @AfterAll
    static void stopSupervisor() {
        supervisor.close();
        webapp.close();
    }

    @BeforeEach
    void startRun() {
        run = webapp.enqueue(bundle, "sleep");
        await().atMost(PATIENCE).until(() -> webapp.status(run) == ExecutionStatus.EXECUTING);
    }

    @AfterEach
    void finishRun() {
        webapp.setBroken(false);
        if (webapp.status(run) != ExecutionStatus.FINISHED) {
            webapp.move(run, ExecutionStatus.FINISHED);
        }
    }

    @Test
    void refusesACallWithoutAToken() throws Exception {
        HttpResponse<String> response = send(request(run, "snapshots/since/snapshot_0000000003"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("error");
        assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
    }

    @Test
    void refusesTheTokenOfAnotherRun() throws Exception {
        RunId other = webapp.enqueue(bundle, "complete");
        String token = supervisor.bean(RunnerTokens.class).issue(other);

        HttpResponse<String> response = send(request(run, "snapshots/snapshot_0000000003/attempts/complete")
                .header("x-trigger-workload-deployment-id", token)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(webapp.status(run)).isEqualTo(ExecutionStatus.EXECUTING);
    }

    @Test
    void passesJsonOnWhateverItsLabel() throws Exception {
        HttpResponse<String> response =
                post("snapshots/snapshot_0000000003/heartbeat", "text/plain;charset=UTF-8", "{}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"ok\":true}");
        assertThat(webapp.heartbeats(run)).isEqualTo(1);
    }

    @Test
    void acceptsAPostWithoutABody() throws Exception {
        assertThat(post("snapshots/snapshot_0000000003/heartbeat", "application/json", "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void passesARefusalOfTheWebappOn() throws Exception {
        HttpResponse<String> response = post(
                "snapshots/snapshot_0000000002/attempts/complete",
                "application/json",
                "{\"completion\":{\"ok\":true,\"id\":\"x\"}}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("Snapshot ID doesn't match");
    }

    @Test
    void passesAFailureOfTheWebappOn() throws Exception {
        webapp.setBroken(true);

        assertThat(post("snapshots/snapshot_0000000003/heartbeat", "application/json", "{}")
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void answersPollsForNewsFromMemory() throws Exception {
        await().atMost(PATIENCE).until(() -> poll("snapshot_0000000003").body().equals("{\"snapshots\":[]}"));
        int asked = webapp.calls("snapshot_0000000003");

        for (int i = 0; i < 10; i++) {
            assertThat(poll("snapshot_0000000003").body()).isEqualTo("{\"snapshots\":[]}");
        }

        assertThat(webapp.calls("snapshot_0000000003")).isEqualTo(asked);
    }

    @Test
    void tellsNewsWithinTheTimeOfOnePoll() throws Exception {
        await().atMost(PATIENCE).until(() -> poll("snapshot_0000000003").body().equals("{\"snapshots\":[]}"));

        webapp.move(run, ExecutionStatus.PENDING_CANCEL);

        await().atMost(Duration.ofSeconds(3))
                .until(() -> poll("snapshot_0000000003").body().contains("PENDING_CANCEL"));
    }

    @Test
    void hasNoCheckpoints() throws Exception {
        HttpResponse<String> response = send(authorized("snapshots/snapshot_0000000003/suspend"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"ok\":false", "\"error\":\"Checkpoints disabled\"");
    }

    @Test
    void dropsDebugLogs() throws Exception {
        assertThat(post("logs/debug", "application/json", "{\"message\":\"hello\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void refusesASnapshotThatIsNone() throws Exception {
        assertThat(poll("latest").statusCode()).isEqualTo(400);
    }

    @Test
    void saysWhatRunsTasks() throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(supervisor.url() + "/health")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("\"status\":\"ok\"", "\"workloadManager\":\"process\"", "\"reason\":", "\"slots\":8");
    }

    @Test
    void publishesItsMetrics() throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create(supervisor.url() + "/actuator/prometheus")));

        assertThat(response.body())
                .contains(
                        "runyard_supervisor_capacity_slots 8.0",
                        "runyard_supervisor_capacity_runs",
                        "runyard_supervisor_runs_started_total",
                        "runyard_supervisor_dequeue_seconds",
                        "runyard_supervisor_attempt_start_seconds");
    }

    @Test
    void tellsTheWebappWhatItIs() {
        assertThat(webapp.bodies())
                .anyMatch(body -> body.contains("\"workloadManager\":\"process\"") && body.contains("workerVersion"))
                .anyMatch(body -> body.contains("\"cpu\":{\"used\":"));
    }

    private HttpResponse<String> poll(String snapshot) throws Exception {
        return send(authorized("snapshots/since/" + snapshot));
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return send(authorized(path).header("content-type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder authorized(String path) {
        return request(run, path)
                .header(
                        "x-trigger-workload-deployment-id",
                        supervisor.bean(RunnerTokens.class).issue(run))
                .header("x-trigger-workload-runner-id", "runner-test");
    }

    private static HttpRequest.Builder request(RunId run, String path) {
        return HttpRequest.newBuilder(
                URI.create(supervisor.url() + "/api/v1/workload-actions/runs/" + run + "/" + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
