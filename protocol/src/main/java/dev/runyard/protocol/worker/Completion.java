package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.run.TaskRunError;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, as the runner or, for a runner that died, its supervisor reports it.
 *
 * @param ok whether it succeeded
 * @param id the run
 * @param output serialized output of a success
 * @param outputType media type of the output
 * @param error cause of a failure
 * @param retry when the runner wants to try again; absent where it does not
 * @param skippedRetrying whether the task's code asked not to be retried
 * @param usage what the attempt used
 * @param taskIdentifier the task
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Completion(
        boolean ok,
        String id,
        @Nullable String output,
        @Nullable String outputType,
        @Nullable TaskRunError error,
        @Nullable Retry retry,
        @Nullable Boolean skippedRetrying,
        @Nullable Usage usage,
        @Nullable String taskIdentifier) {

    /**
     * @param timestamp when to try again, unix milliseconds
     * @param delay the same as a delay in milliseconds
     */
    public record Retry(long timestamp, long delay) {}

    /** @param durationMs execution time in milliseconds, without waits */
    public record Usage(long durationMs) {}

    public static Completion success(String id, @Nullable String output, String outputType, long durationMs) {
        return new Completion(true, id, output, outputType, null, null, null, new Usage(durationMs), null);
    }

    public static Completion failure(String id, TaskRunError error, @Nullable Retry retry, long durationMs) {
        return new Completion(false, id, null, null, error, retry, null, new Usage(durationMs), null);
    }
}
