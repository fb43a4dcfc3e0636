package dev.runyard.sdk.testing;

import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.trigger.TriggerRequest;
import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.sdk.internal.MetadataChanges;
import dev.runyard.sdk.internal.RunServer;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.TriggeredBatch;
import dev.runyard.sdk.run.TriggeredRun;
import dev.runyard.sdk.run.WaitToken;
import dev.runyard.sdk.serde.PayloadCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Plays the server of a run in a test: children run at once in the caller's thread, waits are skipped. */
final class SimulatedServer implements RunServer {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final InlineChildren children;
    private final InlineTokens tokens;
    private final SkippedTime time;
    private final List<InlineTrigger> triggers = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private final List<MetadataChanges> metadata = new ArrayList<>();
    private final Map<String, TriggeredRun> keys = new HashMap<>();
    private final Map<String, InlineChildren.End> ends = new HashMap<>();

    SimulatedServer(InlineChildren children, InlineTokens tokens, SkippedTime time) {
        this.children = children;
        this.tokens = tokens;
        this.time = time;
    }

    List<InlineTrigger> triggers() {
        return triggers;
    }

    List<String> tags() {
        return tags;
    }

    List<MetadataChanges> metadata() {
        return metadata;
    }

    @Override
    public TriggeredRun trigger(String taskId, TriggerRequest request) {
        return record(taskId, request, false);
    }

    @Override
    public CompletedWaitpoint triggerAndWait(String taskId, TriggerRequest request, Consumer<TriggeredRun> triggered) {
        TriggeredRun run = record(taskId, request, true);
        triggered.accept(run);
        return end(taskId, request, run.id(), null, null);
    }

    @Override
    public TriggeredBatch batch(List<BatchLine> lines, String parentRunId) {
        lines.forEach(line -> record(line.task(), line.request(), false));
        return new TriggeredBatch(new BatchId(UUID.randomUUID()).toString(), lines.size(), false);
    }

    @Override
    public List<CompletedWaitpoint> batchAndWait(
            List<BatchLine> lines, String parentRunId, Consumer<TriggeredBatch> triggered) {
        BatchId batch = new BatchId(UUID.randomUUID());
        triggered.accept(new TriggeredBatch(batch.toString(), lines.size(), false));
        List<CompletedWaitpoint> ends = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            BatchLine line = lines.get(index);
            TriggeredRun run = record(line.task(), line.request(), true);
            ends.add(end(line.task(), line.request(), run.id(), batch, index));
        }
        return ends;
    }

    @Override
    public void waitUntil(Instant moment) {
        time.skipTo(moment);
    }

    @Override
    public WaitToken createToken(TokenOptions options) {
        return tokens.create(options);
    }

    @Override
    public CompletedWaitpoint waitForToken(String tokenId) {
        return tokens.await(tokenId, time);
    }

    @Override
    public void completeToken(String tokenId, @Nullable String json) {
        tokens.complete(tokenId, json);
    }

    @Override
    public void addTags(List<String> added) {
        added.stream().filter(tag -> !tags.contains(tag)).forEach(tags::add);
    }

    @Override
    public void updateMetadata(MetadataChanges changes) {
        metadata.add(changes);
    }

    private TriggeredRun record(String taskId, TriggerRequest request, boolean waited) {
        triggers.add(new InlineTrigger(taskId, request.payload(), waited, request.options()));
        String key = request.options() == null ? null : request.options().idempotencyKey();
        TriggeredRun fresh = new TriggeredRun(new RunId(UUID.randomUUID()).toString(), false);
        if (key == null) {
            return fresh;
        }
        TriggeredRun first = keys.putIfAbsent(taskId + " " + key, fresh);
        return first == null ? fresh : new TriggeredRun(first.id(), true);
    }

    private CompletedWaitpoint end(
            String taskId, TriggerRequest request, String runId, @Nullable BatchId batch, @Nullable Integer index) {
        InlineChildren.End end = endOnce(taskId, request, runId);
        RunId run = RunId.parse(runId);
        TaskRunError error = end.error();
        CompletedWaitpoint.ByBatch by = batch == null ? null : new CompletedWaitpoint.ByBatch(batch.body(), batch);
        return new CompletedWaitpoint(
                run.body(),
                index,
                new WaitpointId(run.value()),
                "RUN",
                time.instant(),
                null,
                new CompletedWaitpoint.ByRun(run.body(), run, by),
                null,
                null,
                error == null
                        ? end.outputJson()
                        : MAPPER.writerFor(TaskRunError.class).writeValueAsString(error),
                PayloadCodec.JSON,
                error != null);
    }

    /** A key leads to the run that it led to before, and so to its end; that of a failed run is free again. */
    private InlineChildren.End endOnce(String taskId, TriggerRequest request, String runId) {
        InlineChildren.End known = ends.get(runId);
        if (known != null) {
            return known;
        }
        InlineChildren.End end = children.run(taskId, request.payload());
        if (end.error() == null) {
            ends.put(runId, end);
        } else {
            keys.values().removeIf(run -> run.id().equals(runId));
        }
        return end;
    }
}
