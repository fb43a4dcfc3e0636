package dev.runyard.supervisor.workloadapi;

import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.protocol.worker.ExecutionSnapshot;
import dev.runyard.supervisor.platform.PlatformException;
import dev.runyard.supervisor.platform.PlatformHttp.Call;
import dev.runyard.supervisor.platform.RawResponse;
import dev.runyard.supervisor.track.ApplyChange;
import dev.runyard.supervisor.track.ChangeLoop;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.TrackedRun;
import dev.runyard.supervisor.workload.WorkloadManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Passes runners' calls on to the webapp and reads along.
public final class PassOn {
    private static final Logger log = LoggerFactory.getLogger(PassOn.class);
    private static final String NOTHING_NEW = "{\"snapshots\":[]}";
    private static final String UNREACHABLE = "{\"error\":\"The webapp cannot be reached\"}";

    private final Dependencies dependencies;
    private final ApplyChange applyChange;
    private final ChangeLoop changes;
    private final TranslateAddresses addresses;
    private final WorkloadManager workloads;
    private final JsonMapper json = JsonMapper.builder().build();

    public PassOn(
            Dependencies dependencies,
            ApplyChange applyChange,
            ChangeLoop changes,
            TranslateAddresses addresses,
            WorkloadManager workloads) {
        this.dependencies = dependencies;
        this.applyChange = applyChange;
        this.changes = changes;
        this.addresses = addresses;
        this.workloads = workloads;
    }

    RawResponse startAttempt(RunnerCall call, SnapshotId snapshot, byte @Nullable [] body) {
        RawResponse response = post(call, snapshot, "/attempts/start", body);
        AtomicReference<RawResponse> answered = new AtomicReference<>(response);
        readAlong(response, answer -> {
            noteStart(call, snapshotOf(answer));
            if (addresses.translate(answer)) {
                answered.set(response.withBody(json.writeValueAsBytes(answer)));
            }
        });
        return answered.get();
    }

    RawResponse completeAttempt(RunnerCall call, SnapshotId snapshot, byte @Nullable [] body) {
        RawResponse response = post(call, snapshot, "/attempts/complete", body);
        readAlong(response, answer -> {
            JsonNode result = answer.path("result");
            AttemptStatus status = json.treeToValue(result.path("attemptStatus"), AttemptStatus.class);
            dependencies.metrics().completed(status.name());
            dependencies.registry().learn(call.run(), snapshotOf(result));
            applyChange.completed(call.run(), call.runner(), status);
        });
        return response;
    }

    RawResponse heartbeat(RunnerCall call, SnapshotId snapshot, byte @Nullable [] body) {
        return post(call, snapshot, "/heartbeat", body);
    }

    RawResponse resume(RunnerCall call, SnapshotId snapshot) {
        return pass(call, new Call("GET", path(call, snapshot, "/continue"), null, Map.of()));
    }

    /// Answers a poll for news: from memory while there are none, which is nearly always.
    RawResponse since(RunnerCall call, SnapshotId known) {
        Optional<TrackedRun> tracked = dependencies.registry().current(call.run());
        if (changes.isFresh()
                && tracked.filter(run -> run.snapshot().version() <= known.version())
                        .isPresent()) {
            return json(200, NOTHING_NEW);
        }
        String path = "/runs/" + call.run() + "/snapshots/since/" + known;
        RawResponse response = pass(call, new Call("GET", path, null, Map.of()));
        AtomicReference<RawResponse> answered = new AtomicReference<>(response);
        readAlong(response, answer -> {
            if (tracked.filter(run -> withhold(run, call, answer)).isPresent()) {
                answered.set(response.withBody(json.writeValueAsBytes(answer)));
            }
            answer.path("snapshots").forEach(version -> applyChange.apply(call.run(), snapshotOf(version)));
        });
        return answered.get();
    }

    /// A restored process must not take the time when its run had none for the run's loss: what came before its run was
    /// handed to it again is none of its business.
    private boolean withhold(TrackedRun tracked, RunnerCall call, JsonNode answer) {
        int dispatch = tracked.workload().dispatch().version();
        return tracked.runner().equals(call.runner())
                && answer.path("snapshots") instanceof ArrayNode versions
                && remove(versions, dispatch);
    }

    private boolean remove(ArrayNode versions, int dispatch) {
        int before = versions.size();
        for (int i = before - 1; i >= 0; i--) {
            if (snapshotOf(versions.get(i)).friendlyId().version() <= dispatch) {
                versions.remove(i);
            }
        }
        return versions.size() < before;
    }

    private void noteStart(RunnerCall call, ExecutionSnapshot snapshot) {
        Instant now = dependencies.clock().instant();
        dependencies.registry().learn(call.run(), snapshot);
        dependencies
                .registry()
                .current(call.run())
                .filter(run -> run.attemptStartedAt() == null)
                .map(TrackedRun::workload)
                .ifPresent(workload -> {
                    dependencies.metrics().attemptStarted(Duration.between(workload.startedAt(), now));
                    workloads.attemptStarted(workload);
                });
        dependencies.registry().attemptStarted(call.run(), now);
    }

    private RawResponse post(RunnerCall call, SnapshotId snapshot, String action, byte @Nullable [] body) {
        byte[] sent = body == null || body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body;
        return pass(call, new Call("POST", path(call, snapshot, action), sent, headers(call)));
    }

    private RawResponse pass(RunnerCall call, Call request) {
        try {
            return dependencies.platform().forward(request);
        } catch (PlatformException e) {
            // Every runner tries on; the loops of this supervisor tell once what is wrong.
            log.debug("cannot pass on {} of {}", request, call.run(), e);
            return new RawResponse(503, UNREACHABLE.getBytes(StandardCharsets.UTF_8), "application/json", "true");
        }
    }

    /// Whatever goes wrong here is our loss of knowledge alone: the runner gets its answer.
    private void readAlong(RawResponse response, Consumer<JsonNode> reader) {
        if (!response.isSuccess()) {
            return;
        }
        try {
            reader.accept(json.readTree(response.body()));
        } catch (JacksonException | PlatformException e) {
            log.warn("cannot use the webapp's answer to a runner", e);
        }
    }

    private ExecutionSnapshot snapshotOf(JsonNode node) {
        return json.treeToValue(node.path("snapshot"), ExecutionSnapshot.class);
    }

    private static String path(RunnerCall call, SnapshotId snapshot, String action) {
        return "/runs/" + call.run() + "/snapshots/" + snapshot + action;
    }

    private static Map<String, String> headers(RunnerCall call) {
        return call.runner().isEmpty() ? Map.of() : Map.of("x-trigger-worker-runner-id", call.runner());
    }

    private static RawResponse json(int status, String body) {
        return new RawResponse(status, body.getBytes(StandardCharsets.UTF_8), "application/json", null);
    }
}
