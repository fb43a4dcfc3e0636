package dev.runyard.runner.workload;

import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.protocol.worker.RunHeartbeat;
import dev.runyard.protocol.worker.SnapshotsSinceResponse;
import dev.runyard.protocol.worker.StartAttemptRequest;
import dev.runyard.protocol.worker.StartAttemptResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes single calls for one run over HTTP. Thread-safe. */
public final class WorkloadClient implements WorkloadCalls {
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;

    private final RunAddress address;
    private final HttpClient http;
    private final JsonMapper mapper;
    private final boolean isWarm;

    /**
     * @param address where the calls go
     * @param http makes the connections
     * @param mapper reads and writes bodies
     * @param isWarm whether a process was kept for the run, not started for it
     */
    public WorkloadClient(RunAddress address, HttpClient http, JsonMapper mapper, boolean isWarm) {
        this.address = address;
        this.http = http;
        this.mapper = mapper;
        this.isWarm = isWarm;
    }

    @Override
    public StartAttemptResponse start(SnapshotId snapshot) throws WorkloadException, InterruptedException {
        HttpRequest request = request(snapshot + "/attempts/start", LONG)
                .POST(BodyPublishers.ofString(write(new StartAttemptRequest(isWarm))))
                .build();
        return send(request, StartAttemptResponse.class);
    }

    @Override
    public CompleteAttemptResponse complete(SnapshotId snapshot, Completion completion)
            throws WorkloadException, InterruptedException {
        HttpRequest request = request(snapshot + "/attempts/complete", LONG)
                .POST(BodyPublishers.ofString(write(new CompleteAttemptRequest(completion))))
                .build();
        return send(request, CompleteAttemptResponse.class);
    }

    @Override
    public void heartbeat(SnapshotId snapshot) throws WorkloadException, InterruptedException {
        HttpRequest request = request(snapshot + "/heartbeat", SHORT)
                .POST(BodyPublishers.ofString(write(new RunHeartbeat(null, null))))
                .build();
        exchange(request);
    }

    @Override
    public List<RunExecutionData> since(SnapshotId snapshot) throws WorkloadException, InterruptedException {
        HttpRequest request = request("since/" + snapshot, SHORT).GET().build();
        return send(request, SnapshotsSinceResponse.class).snapshots();
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.snapshots() + "/" + path))
                .timeout(timeout)
                .header("content-type", "application/json");
        address.headers().forEach(request::header);
        return request;
    }

    private <T> T send(HttpRequest request, Class<T> type) throws WorkloadException, InterruptedException {
        String body = exchange(request);
        try {
            return mapper.readValue(body, type);
        } catch (JacksonException e) {
            throw new WorkloadException(describe(request) + " got an answer that cannot be read", e);
        }
    }

    private String exchange(HttpRequest request) throws WorkloadException, InterruptedException {
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new WorkloadException(describe(request) + " failed: " + e, e);
        }
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        throw new WorkloadException(
                "%s answered %d %s".formatted(describe(request), response.statusCode(), excerpt(response.body())),
                mayRetry(response));
    }

    private static boolean mayRetry(HttpResponse<String> response) {
        Optional<String> said = response.headers().firstValue("x-should-retry");
        if (said.isPresent()) {
            return said.get().equals("true");
        }
        int status = response.statusCode();
        return status >= 500 || status == REQUEST_TIMEOUT || status == CONFLICT || status == TOO_MANY_REQUESTS;
    }

    private static String describe(HttpRequest request) {
        return request.method() + " " + request.uri();
    }

    private static String excerpt(String body) {
        return body.length() <= 300 ? body : body.substring(0, 300) + "…";
    }

    private String write(Object body) {
        return mapper.writeValueAsString(body);
    }
}
