package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run waited for, with what it got from it.
 *
 * @param id body of the friendly id
 * @param index place in the batch, where it is an item of one
 * @param friendlyId the waitpoint
 * @param type {@code RUN}, {@code DATETIME}, {@code MANUAL} or {@code BATCH}
 * @param completedAt when it was completed
 * @param idempotencyKey the user's key
 * @param completedByTaskRun the run whose end it was
 * @param completedAfter the date that was reached, or when a token would have timed out
 * @param completedByBatch the batch whose end it was
 * @param output serialized output
 * @param outputType its media type
 * @param outputIsError whether the output is an error
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CompletedWaitpoint(
        String id,
        @Nullable Integer index,
        WaitpointId friendlyId,
        String type,
        Instant completedAt,
        @Nullable String idempotencyKey,
        @Nullable ByRun completedByTaskRun,
        @Nullable Instant completedAfter,
        @Nullable ByBatch completedByBatch,
        @Nullable String output,
        @Nullable String outputType,
        boolean outputIsError) {

    /**
     * @param id body of the friendly id
     * @param friendlyId the run
     * @param batch the batch whose item it is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ByRun(
            String id, RunId friendlyId, @Nullable ByBatch batch) {}

    /**
     * @param id body of the friendly id
     * @param friendlyId the batch
     */
    public record ByBatch(String id, BatchId friendlyId) {}
}
