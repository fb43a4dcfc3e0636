package dev.runyard.sdk.client;

import dev.runyard.protocol.trigger.TriggerRequest;
import dev.runyard.sdk.internal.CurrentRun;
import dev.runyard.sdk.internal.RunServer.BatchLine;
import dev.runyard.sdk.run.BatchItem;
import dev.runyard.sdk.run.TriggeredBatch;
import dev.runyard.sdk.serde.PayloadCodec;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Triggers and reads batches. Thread-safe. */
public final class Batches {
    private static final PayloadCodec CODEC = new PayloadCodec();
    private static final int MOST_ITEMS = 1_000;

    private final ApiCall call;

    Batches(ApiCall call) {
        this.call = call;
    }

    /** Triggers 1 to 1,000 runs of any tasks. When this returns, the server has all of them for certain. */
    public TriggeredBatch trigger(List<? extends BatchItem<?>> items) {
        if (items.isEmpty() || items.size() > MOST_ITEMS) {
            throw new IllegalArgumentException("a batch has 1 to 1,000 items, not " + items.size());
        }
        List<BatchLine> lines = new ArrayList<>();
        for (BatchItem<?> item : items) {
            String json = CODEC.encode(item.payload());
            lines.add(new BatchLine(
                    item.task().id(), new TriggerRequest(json, item.options().toItemWire(json != null, null))));
        }
        String parent = CurrentRun.get().map(CurrentRun::id).orElse(null);
        return new BatchCall(call).send(lines, parent, false);
    }

    /** Reads a batch. */
    public Batch retrieve(String batchId) {
        JsonNode node = call.get("/api/v1/batches/" + Runs.encode(batchId));
        return new Batch(
                RunJson.id(node),
                node.path("status").asString(""),
                node.path("runCount").asInt(0),
                RunJson.tags(node.path("runs")));
    }

    /**
     * A batch as it was when it was read.
     *
     * @param id the batch, {@code batch_…}
     * @param status {@code PENDING}, {@code COMPLETED}, {@code PARTIAL_FAILED} or {@code ABORTED}
     * @param runCount items in it
     * @param runIds its runs
     */
    public record Batch(String id, String status, int runCount, List<String> runIds) {
        public Batch {
            runIds = List.copyOf(runIds);
        }
    }
}
