package dev.runyard.sdk.internal;

import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.sdk.run.RunError;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.RunStatus;
import dev.runyard.sdk.serde.PayloadCodec;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads from a completed waitpoint how the run that it stands for ended. */
final class CompletedRuns {
    private static final PayloadCodec CODEC = new PayloadCodec();
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private CompletedRuns() {}

    @SuppressWarnings({"unchecked", "NullAway"}) // the codec makes what the type says, null where the task returned it
    static <O extends @Nullable Object> RunResult<O> read(CompletedWaitpoint end, Type outputType) {
        CompletedWaitpoint.ByRun by = end.completedByTaskRun();
        String runId = by == null ? "" : by.friendlyId().toString();
        String mediaType = Objects.requireNonNullElse(end.outputType(), PayloadCodec.JSON);
        if (!end.outputIsError()) {
            return new RunResult.Completed<>(runId, (O) CODEC.decode(end.output(), mediaType, outputType));
        }
        return failed(runId, Objects.requireNonNullElse(end.output(), ""));
    }

    static <O extends @Nullable Object> RunResult<O> neverTriggered(int index) {
        String sentence =
                "item " + index + " of the batch did not become a run: its queue was full, or the batch ended";
        return new RunResult.Failed<>("", RunStatus.SYSTEM_FAILURE, new RunError(sentence, null, null));
    }

    private static <O extends @Nullable Object> RunResult<O> failed(String runId, String json) {
        TaskRunError error;
        try {
            error = MAPPER.readValue(json, TaskRunError.class);
        } catch (JacksonException e) {
            String message = json.isEmpty() ? "The run ended without success" : json;
            return new RunResult.Failed<>(runId, RunStatus.FAILED, new RunError(message, null, null));
        }
        return switch (error) {
            case TaskRunError.Internal internal -> ended(runId, internal.code(), describe(error));
            case TaskRunError.Text text
            when TaskRunError.Text.EXPIRED.equals(text.code()) -> new RunResult.Expired<>(runId);
            default -> new RunResult.Failed<>(runId, RunStatus.FAILED, describe(error));
        };
    }

    private static <O extends @Nullable Object> RunResult<O> ended(
            String runId, InternalErrorCode code, RunError reason) {
        return switch (code.runStatus()) {
            case CANCELED -> new RunResult.Canceled<>(runId);
            case TIMED_OUT -> new RunResult.TimedOut<>(runId, reason);
            case CRASHED -> new RunResult.Failed<>(runId, RunStatus.CRASHED, reason);
            case SYSTEM_FAILURE -> new RunResult.Failed<>(runId, RunStatus.SYSTEM_FAILURE, reason);
            default -> new RunResult.Failed<>(runId, RunStatus.FAILED, reason);
        };
    }

    private static RunError describe(TaskRunError error) {
        return error instanceof TaskRunError.BuiltIn thrown
                ? new RunError(thrown.summary(), thrown.name(), thrown.stackTrace())
                : new RunError(error.summary(), null, null);
    }
}
