package dev.runyard.sdk.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.trigger.TriggerRequest;
import dev.runyard.sdk.internal.RunServer.BatchLine;
import dev.runyard.sdk.run.TriggeredBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes a batch in two calls: its size first, then its items, as one line of JSON each. */
final class BatchCall {
    private static final int MOST_UPLOADS = 6;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final ApiCall call;

    BatchCall(ApiCall call) {
        this.call = call;
    }

    TriggeredBatch send(List<BatchLine> lines, @Nullable String parentRunId, boolean parentWaits) {
        JsonNode made = call.post(
                "/api/v3/batches", new NewBatch(lines.size(), parentRunId, parentWaits ? Boolean.TRUE : null));
        String id = RunJson.id(made);
        boolean cached = made.path("isCached").asBoolean(false);
        if (!cached) {
            upload(id, lines);
        }
        return new TriggeredBatch(id, lines.size(), cached);
    }

    /** The server absorbs items that it has, so all are sent again where some are missing. */
    private void upload(String id, List<BatchLine> lines) {
        String text = text(lines);
        for (int upload = 1; upload <= MOST_UPLOADS; upload++) {
            JsonNode answer = call.postLines("/api/v3/batches/" + id + "/items", text);
            if (answer.path("sealed").asBoolean(false)) {
                return;
            }
        }
        throw new ApiException.Unexpected(
                "batch " + id + " did not get its " + lines.size() + " items in " + MOST_UPLOADS + " uploads", null);
    }

    private static String text(List<BatchLine> lines) {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < lines.size(); index++) {
            BatchLine line = lines.get(index);
            Item item = new Item(
                    index, line.task(), line.request().payload(), line.request().options());
            text.append(MAPPER.writeValueAsString(item)).append('\n');
        }
        return text.toString();
    }

    /**
     * @param runCount items to come
     * @param parentRunId the run that triggers
     * @param resumeParentOnCompletion whether that run waits
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record NewBatch(
            int runCount,
            @Nullable String parentRunId,
            @Nullable Boolean resumeParentOnCompletion) {}

    /**
     * @param index place in the batch
     * @param task its task
     * @param payload its payload as JSON text
     * @param options its options
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Item(int index, String task, @Nullable String payload, TriggerRequest.@Nullable Options options) {}
}
