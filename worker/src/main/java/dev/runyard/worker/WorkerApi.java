package dev.runyard.worker;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.manifest.BackgroundWorkerMetadata;
import dev.runyard.protocol.manifest.CreateBackgroundWorkerRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.DevDequeueRequest;
import dev.runyard.protocol.worker.DevDequeueResponse;
import dev.runyard.protocol.worker.RunChangesRequest;
import dev.runyard.protocol.worker.RunChangesResponse;
import dev.runyard.runner.workload.RunAddress;
import dev.runyard.runner.workload.WorkloadClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Single calls of a worker to its server. Thread-safe. */
final class WorkerApi implements AutoCloseable {
    /** How long an answer may take beyond the time that the server may hold the call. */
    private static final Duration SLACK = Duration.ofSeconds(15);

    private final WorkerOptions options;
    private final String base;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    WorkerApi(WorkerOptions options) {
        this.options = options;
        this.base = options.client().url().toString().replaceAll("/+$", "");
    }

    /**
     * A version that the server knows.
     *
     * @param id the version, which runs name
     * @param number its number, such as {@code 20260801.1}
     */
    record Registered(String id, String number) {}

    /** Makes tasks the environment's current version. */
    Registered register(BackgroundWorkerMetadata metadata) throws WorkerApiException, InterruptedException {
        String project = send(get("/api/v1/whoami"), JsonNode.class)
                .path("project")
                .path("ref")
                .asString("");
        JsonNode answer = send(
                post(
                        "/api/v1/projects/" + project + "/background-workers",
                        new CreateBackgroundWorkerRequest(true, metadata),
                        SLACK),
                JsonNode.class);
        return new Registered(
                answer.path("id").asString(""), answer.path("version").asString(""));
    }

    /** Takes runs, waiting while there are none. */
    List<DequeuedMessage> dequeue(int most) throws WorkerApiException, InterruptedException {
        Duration patience = options.pollTimeout();
        return send(
                        post(
                                "/engine/v1/dev/dequeue",
                                new DevDequeueRequest(most, patience.toMillis()),
                                patience.plus(SLACK)),
                        DevDequeueResponse.class)
                .dequeuedMessages();
    }

    /** Waits until runs changed. */
    RunChangesResponse changes(List<RunChangesRequest.Watched> watched, Duration patience)
            throws WorkerApiException, InterruptedException {
        return send(
                post(
                        "/engine/v1/dev/runs/changes",
                        new RunChangesRequest(watched, patience.toMillis()),
                        patience.plus(SLACK)),
                RunChangesResponse.class);
    }

    /** Makes the calls for one run. */
    WorkloadClient calls(RunId run) {
        URI snapshots = URI.create(base + "/engine/v1/dev/runs/" + run + "/snapshots");
        return new WorkloadClient(
                new RunAddress(
                        snapshots,
                        Map.of(
                                "authorization", authorization(),
                                "x-trigger-worker-runner-id", options.name())),
                http,
                json,
                false);
    }

    /** Returns where log lines go. */
    URI telemetry() {
        return URI.create(base + "/otel");
    }

    HttpClient http() {
        return http;
    }

    JsonMapper json() {
        return json;
    }

    private String authorization() {
        return "Bearer " + options.client().secretKey();
    }

    private HttpRequest get(String path) {
        return request(path, SLACK).GET().build();
    }

    private HttpRequest post(String path, Object body, Duration timeout) {
        return request(path, timeout)
                .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                .build();
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(timeout)
                .header("authorization", authorization())
                .header("content-type", "application/json")
                .header("x-trigger-worker-instance-name", options.name());
    }

    private <T> T send(HttpRequest request, Class<T> type) throws WorkerApiException, InterruptedException {
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new WorkerApiException("No server answers at " + base + ": " + e, e);
        }
        try {
            if (response.statusCode() / 100 == 2) {
                return json.readValue(response.body(), type);
            }
            throw new WorkerApiException(
                    "%s %s answered %d: %s"
                            .formatted(
                                    request.method(),
                                    request.uri().getPath(),
                                    response.statusCode(),
                                    json.readTree(response.body()).path("error").asString(response.body())),
                    null);
        } catch (JacksonException e) {
            throw new WorkerApiException(
                    "What answers at " + base + " (" + response.statusCode() + ") is no Runyard server", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
