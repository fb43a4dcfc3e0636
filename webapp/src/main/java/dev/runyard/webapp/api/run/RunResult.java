package dev.runyard.webapp.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.batch.BatchResult;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Answer of `GET /api/v1/runs/{id}/result`: how a run ended, as a waiting run takes it.
///
/// @param ok whether it succeeded
/// @param id the run
/// @param taskIdentifier its task
/// @param output serialized output of a success
/// @param outputType its media type
/// @param error why it failed
/// @param usage how long it ran
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunResult(
        boolean ok,
        String id,
        String taskIdentifier,
        @Nullable String output,
        @Nullable String outputType,
        @Nullable TaskRunError error,
        Usage usage) {

    /// @param durationMs execution time
    public record Usage(long durationMs) {}

    static RunResult of(RunDetail detail) {
        Ended ended = new Ended(detail.view().status(), detail.output(), detail.outputType(), detail.error());
        return of(
                detail.view().id(), detail.view().taskId(), ended, detail.view().usageMs());
    }

    /// The result of a run of a batch.
    public static RunResult of(BatchResult result) {
        Ended ended = new Ended(result.status(), result.output(), result.outputType(), result.error());
        return of(result.runId(), result.taskId(), ended, result.usageMs());
    }

    /// How a run ended.
    private record Ended(
            RunStatus status,
            @Nullable String output,
            @Nullable String outputType,
            @Nullable TaskRunError error) {}

    private static RunResult of(RunId run, String taskId, Ended ended, long usageMs) {
        boolean ok = ended.status() == RunStatus.COMPLETED_SUCCESSFULLY;
        return new RunResult(
                ok,
                run.toString(),
                taskId,
                ok ? ended.output() : null,
                ok ? Objects.requireNonNullElse(ended.outputType(), "application/json") : null,
                ok ? null : Objects.requireNonNullElseGet(ended.error(), () -> errorOf(ended.status())),
                new Usage(usageMs));
    }

    /// The client's schema wants an error of every failure, also where the engine stored none.
    private static TaskRunError errorOf(RunStatus status) {
        return switch (status) {
            case CANCELED -> TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_CANCELLED, "The run was canceled");
            case TIMED_OUT ->
                TaskRunError.Internal.of(InternalErrorCode.MAX_DURATION_EXCEEDED, "The run took longer than allowed");
            default -> TaskRunError.Internal.of(InternalErrorCode.UNSPECIFIED_ERROR, "The run ended as " + status);
        };
    }
}
