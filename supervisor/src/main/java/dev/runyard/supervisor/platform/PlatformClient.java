package dev.runyard.supervisor.platform;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.Checkpoint;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.ConnectRequest;
import dev.runyard.protocol.worker.ConnectResponse;
import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.ExecutionResult;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.protocol.worker.ImageCheckResult;
import dev.runyard.protocol.worker.ImageChecksResponse;
import dev.runyard.protocol.worker.ImageChecksResponse.ImageCheck;
import dev.runyard.protocol.worker.LatestSnapshotResponse;
import dev.runyard.protocol.worker.RunChangesRequest;
import dev.runyard.protocol.worker.RunChangesResponse;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.protocol.worker.RunHeartbeat;
import dev.runyard.protocol.worker.SnapshotsSinceResponse;
import dev.runyard.protocol.worker.SupervisorHeartbeat;
import dev.runyard.protocol.worker.SuspendRequest;
import dev.runyard.supervisor.pace.Backoff;
import dev.runyard.supervisor.pace.Pacer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The webapp's routes for supervisors.
///
/// Calls that a loop repeats anyway are tried once; the others five times, with pauses from half a second to five.
public final class PlatformClient {
    private static final Logger log = LoggerFactory.getLogger(PlatformClient.class);
    private static final int TRIES = 5;
    private static final int NOT_FOUND = 404;
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));

    /// How much longer than the server holds a call we wait for its answer.
    private static final Duration HOLD_MARGIN = Duration.ofSeconds(10);

    private final PlatformHttp http;
    private final JsonMapper json;
    private final Duration timeout;
    private final Pacer pacer;

    public PlatformClient(PlatformHttp http, JsonMapper json, Duration timeout, Pacer pacer) {
        this.http = http;
        this.json = json;
        this.timeout = timeout;
        this.pacer = pacer;
    }

    /// Introduces this supervisor.
    public ConnectResponse connect(Map<String, Object> metadata) {
        return read(post("/connect", new ConnectRequest(metadata)), ConnectResponse.class);
    }

    /// Takes runs, waiting for the first as long as the request says.
    public List<DequeuedMessage> dequeue(DequeueRequest request, Duration hold) {
        PlatformHttp.Call call = post("/dequeue", request);
        RawResponse response = succeed(call, hold.plus(HOLD_MARGIN));
        List<DequeuedMessage> messages = new ArrayList<>();
        for (JsonNode element : tree(call, response)) {
            // One message that we cannot read must not take the others with it. Its run returns to its queue when
            // the webapp misses our heartbeat.
            try {
                messages.add(json.treeToValue(element, DequeuedMessage.class));
            } catch (JacksonException e) {
                log.error("cannot read a dequeued run: {}", element, e);
            }
        }
        return messages;
    }

    /// Shows that this supervisor lives, and how busy it is.
    public void heartbeat(SupervisorHeartbeat heartbeat) {
        succeed(post("/heartbeat", heartbeat), timeout);
    }

    /// Waits for changes of the given runs.
    public RunChangesResponse changes(RunChangesRequest request, Duration hold) {
        PlatformHttp.Call call = post("/runs/changes", request);
        return parse(call, succeed(call, hold.plus(HOLD_MARGIN)), RunChangesResponse.class);
    }

    /// Returns the newest version of a run, or nothing where the webapp does not have the run.
    public Optional<RunExecutionData> latest(RunId run) {
        PlatformHttp.Call call = PlatformHttp.Call.get("/runs/" + run + "/snapshots/latest");
        return retried(() -> {
            RawResponse response = http.send(call, timeout);
            return response.status() == NOT_FOUND
                    ? Optional.empty()
                    : Optional.of(parse(call, checked(call, response), LatestSnapshotResponse.class)
                            .execution());
        });
    }

    /// Returns the versions after a known one, in ascending order.
    public List<RunExecutionData> since(RunId run, SnapshotId snapshot) {
        return read(
                        PlatformHttp.Call.get("/runs/" + run + "/snapshots/since/" + snapshot),
                        SnapshotsSinceResponse.class)
                .snapshots();
    }

    /// Ends an attempt in the name of a runner that cannot.
    public CompleteAttemptResponse.Result complete(RunId run, SnapshotId snapshot, Completion completion) {
        String path = "/runs/" + run + "/snapshots/" + snapshot + "/attempts/complete";
        return read(post(path, new CompleteAttemptRequest(completion)), CompleteAttemptResponse.class)
                .result();
    }

    /// Extends the lease of a run whose runner does not do so itself yet.
    public void extendLease(RunId run, SnapshotId snapshot) {
        succeed(post("/runs/" + run + "/snapshots/" + snapshot + "/heartbeat", new RunHeartbeat(null, null)), timeout);
    }

    /// Tells that a waiting run's process was stored.
    public void suspend(RunId run, SnapshotId snapshot, Checkpoint made) {
        succeed(suspension(run, snapshot, new SuspendRequest(true, made, null)), timeout);
    }

    /// Tells why a waiting run's process was not stored.
    public void notStored(RunId run, SnapshotId snapshot, String reason) {
        PlatformHttp.Call call = suspension(run, snapshot, new SuspendRequest(false, null, reason));
        var _ = retried(() -> succeed(call, timeout));
    }

    private PlatformHttp.Call suspension(RunId run, SnapshotId snapshot, SuspendRequest request) {
        return post("/runs/" + run + "/snapshots/" + snapshot + "/suspend", request);
    }

    /// Lets a run go on whose process was restored.
    ///
    /// @param runner the workload that has it
    public ExecutionSnapshot continueRun(RunId run, SnapshotId snapshot, String runner) {
        String path = "/runs/" + run + "/snapshots/" + snapshot + "/continue";
        Map<String, String> headers = Map.of("x-trigger-worker-runner-id", runner);
        return read(new PlatformHttp.Call("GET", path, null, headers), ExecutionResult.class)
                .snapshot();
    }

    /// Takes images of new releases that have to be tried.
    public List<ImageCheck> takeImageChecks() {
        PlatformHttp.Call call = post("/image-checks/take", Map.of());
        return parse(call, succeed(call, timeout), ImageChecksResponse.class).checks();
    }

    /// Tells what came of trying an image.
    public void reportImageCheck(DeploymentId deployment, ImageCheckResult result) {
        PlatformHttp.Call call = post("/image-checks/" + deployment + "/result", result);
        var _ = retried(() -> succeed(call, timeout));
    }

    /// Passes a runner's call on, once and unchanged.
    public RawResponse forward(PlatformHttp.Call call) {
        return http.send(call, timeout);
    }

    private PlatformHttp.Call post(String path, Object body) {
        return PlatformHttp.Call.post(path, json.writeValueAsBytes(body));
    }

    private <T> T read(PlatformHttp.Call call, Class<T> type) {
        return retried(() -> parse(call, succeed(call, timeout), type));
    }

    private RawResponse succeed(PlatformHttp.Call call, Duration limit) {
        return checked(call, http.send(call, limit));
    }

    private static RawResponse checked(PlatformHttp.Call call, RawResponse response) {
        if (!response.isSuccess()) {
            throw PlatformException.answered(call.toString(), response);
        }
        return response;
    }

    private <T> T parse(PlatformHttp.Call call, RawResponse response, Class<T> type) {
        try {
            return json.readValue(response.body(), type);
        } catch (JacksonException e) {
            throw PlatformException.unreadable(call.toString(), e);
        }
    }

    private JsonNode tree(PlatformHttp.Call call, RawResponse response) {
        try {
            return json.readTree(response.body());
        } catch (JacksonException e) {
            throw PlatformException.unreadable(call.toString(), e);
        }
    }

    private <T> T retried(Supplier<T> action) {
        for (int failures = 1; ; failures++) {
            try {
                return action.get();
            } catch (PlatformException e) {
                if (!e.isRetryable()
                        || failures == TRIES
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                pauseBeforeRetry(failures, e);
            }
        }
    }

    private void pauseBeforeRetry(int failures, PlatformException cause) {
        try {
            pacer.pause(BACKOFF.after(failures));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }
}
