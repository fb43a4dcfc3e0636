package dev.runyard.protocol.trigger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /api/v1/tasks/{taskId}/trigger} as our own client sends it. The server reads the raw JSON,
 * because callers may send a payload of any JSON type.
 *
 * @param payload the serialized payload
 * @param options everything else
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TriggerRequest(
        @Nullable String payload, @Nullable Options options) {

    /**
     * Trigger options; what is absent has the task's setting or the server's default.
     *
     * @param payloadType media type of the payload
     * @param queue queue to use instead of the task's own
     * @param concurrencyKey separate copy of the queue per key
     * @param delay duration such as {@code 1h} or ISO 8601 date before which the run does not start
     * @param ttl duration after which a run that has not started expires
     * @param idempotencyKey key under which a repeated call returns the same run
     * @param idempotencyKeyTTL how long the key holds
     * @param maxAttempts attempts in total
     * @param maxDuration longest execution in seconds
     * @param machine name of the machine size
     * @param metadata initial metadata as JSON text
     * @param tags at most 10, each at most 128 characters
     * @param priority seconds by which the run overtakes others of its queue
     * @param lockToVersion version of the code that must run it
     * @param parentRunId run that triggers it
     * @param test whether it is a test
     * @param resumeParentOnCompletion whether the parent waits for the run
     * @param idempotencyKeyOptions the key as its author wrote it
     * @param debounce joins triggers that come in quick succession
     * @param region group of workers
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Options(
            @Nullable String payloadType,
            @Nullable Queue queue,
            @Nullable String concurrencyKey,
            @Nullable String delay,
            @Nullable String ttl,
            @Nullable String idempotencyKey,
            @Nullable String idempotencyKeyTTL,
            @Nullable Integer maxAttempts,
            @Nullable Integer maxDuration,
            @Nullable String machine,
            @Nullable String metadata,
            @Nullable List<String> tags,
            @Nullable Double priority,
            @Nullable String lockToVersion,
            @Nullable String parentRunId,
            @Nullable Boolean test,
            @Nullable Boolean resumeParentOnCompletion,
            @Nullable KeyOptions idempotencyKeyOptions,
            @Nullable Debounce debounce,
            @Nullable String region) {}

    /** @param name of the queue */
    public record Queue(String name) {}

    /**
     * @param key the key before it was hashed
     * @param scope {@code run}, {@code attempt} or {@code global}
     */
    public record KeyOptions(String key, String scope) {}

    /**
     * @param key triggers of a task with the same key are joined
     * @param delay how long after the last of them the run starts, a duration such as {@code 5s}
     * @param mode {@code leading} keeps the first payload, {@code trailing} takes the last
     * @param maxDelay how long after the first of them it starts at the latest
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Debounce(
            String key,
            String delay,
            @Nullable String mode,
            @Nullable String maxDelay) {}
}
