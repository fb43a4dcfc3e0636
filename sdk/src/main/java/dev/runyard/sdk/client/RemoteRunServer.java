package dev.runyard.sdk.client;

import dev.runyard.protocol.trigger.TriggerRequest;
import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.sdk.internal.MetadataChanges;
import dev.runyard.sdk.internal.Pacer;
import dev.runyard.sdk.internal.RunServer;
import dev.runyard.sdk.internal.WaitGate;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.TriggeredBatch;
import dev.runyard.sdk.run.TriggeredRun;
import dev.runyard.sdk.run.WaitToken;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a run asks of its server, over the server's API. For runners. Thread-safe. */
public final class RemoteRunServer implements RunServer {
    /** A task outlives a restart of the server: these tries last for about five minutes. */
    private static final int PATIENT = 17;

    private final String runId;
    private final WaitGate gate;
    private final Supplier<ApiCall> call;

    /**
     * @param runId the run
     * @param gate lets waits through
     * @param http makes the connections
     */
    public RemoteRunServer(String runId, WaitGate gate, HttpClient http) {
        this(runId, gate, http, ClientConfig::fromEnvironment);
    }

    /**
     * @param runId the run
     * @param gate lets waits through
     * @param http makes the connections
     * @param config says where the server is, at the first call
     */
    public RemoteRunServer(String runId, WaitGate gate, HttpClient http, Supplier<ClientConfig> config) {
        this.runId = runId;
        this.gate = gate;
        AtomicReference<@Nullable ApiCall> made = new AtomicReference<>();
        // Most runs never call, and a run without a key must be able to execute.
        this.call = () -> {
            ApiCall old = made.get();
            ApiCall usable = old == null
                    ? new ApiCall(config.get().withMaxAttempts(PATIENT), http, Pacer.SLEEPING, InstantSource.system())
                    : old;
            made.set(usable);
            return usable;
        };
    }

    @Override
    public TriggeredRun trigger(String taskId, TriggerRequest request) {
        JsonNode answer = call.get().post("/api/v1/tasks/" + Runs.encode(taskId) + "/trigger", request);
        return new TriggeredRun(RunJson.id(answer), answer.path("isCached").asBoolean(false));
    }

    @Override
    public CompletedWaitpoint triggerAndWait(String taskId, TriggerRequest request, Consumer<TriggeredRun> triggered) {
        return one("task " + taskId, () -> {
            TriggeredRun run = trigger(taskId, request);
            triggered.accept(run);
            return end -> end.completedByTaskRun() != null
                    && end.completedByTaskRun().friendlyId().toString().equals(run.id());
        });
    }

    @Override
    public TriggeredBatch batch(List<BatchLine> lines, String parentRunId) {
        return new BatchCall(call.get()).send(lines, parentRunId, false);
    }

    @Override
    public List<CompletedWaitpoint> batchAndWait(
            List<BatchLine> lines, String parentRunId, Consumer<TriggeredBatch> triggered) {
        return gate.await("a batch of " + lines.size() + " runs", () -> {
            TriggeredBatch batch = new BatchCall(call.get()).send(lines, parentRunId, true);
            triggered.accept(batch);
            return end -> isOf(batch.id(), end.completedByBatch())
                    || (end.completedByTaskRun() != null
                            && isOf(batch.id(), end.completedByTaskRun().batch()));
        });
    }

    @Override
    public void waitUntil(Instant moment) {
        one(moment.toString(), () -> {
            JsonNode answer =
                    call.get().post("/engine/v1/runs/" + runId + "/wait/duration", Map.of("date", moment.toString()));
            String id = answer.path("waitpoint").path("id").asString("");
            return end -> end.friendlyId().toString().equals(id);
        });
    }

    @Override
    public WaitToken createToken(TokenOptions options) {
        return Waitpoints.create(call.get(), options);
    }

    @Override
    public CompletedWaitpoint waitForToken(String tokenId) {
        return one("token " + tokenId, () -> {
            call.get()
                    .post(
                            "/engine/v1/runs/" + runId + "/waitpoints/tokens/" + Runs.encode(tokenId) + "/wait",
                            Map.of());
            return end -> end.friendlyId().toString().equals(tokenId);
        });
    }

    @Override
    public void completeToken(String tokenId, @Nullable String json) {
        Waitpoints.complete(call.get(), tokenId, json);
    }

    @Override
    public void addTags(List<String> tags) {
        call.get().post("/api/v1/runs/" + runId + "/tags", Map.of("tags", tags));
    }

    @Override
    public void updateMetadata(MetadataChanges changes) {
        try {
            call.get().put("/api/v1/runs/" + runId + "/metadata", changes);
        } catch (ApiException e) {
            if (e.retryable()) {
                throw e;
            }
            throw new Refused(String.valueOf(e.getMessage()), e);
        }
    }

    private CompletedWaitpoint one(String what, Supplier<Predicate<CompletedWaitpoint>> begin) {
        AtomicReference<Predicate<CompletedWaitpoint>> awaited = new AtomicReference<>(end -> true);
        List<CompletedWaitpoint> ends = gate.await(what, () -> {
            awaited.set(begin.get());
            return awaited.get();
        });
        return ends.stream()
                .filter(awaited.get())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the wait for " + what + " ended without it"));
    }

    private static boolean isOf(String batchId, CompletedWaitpoint.@Nullable ByBatch batch) {
        return batch != null && batch.friendlyId().toString().equals(batchId);
    }
}
