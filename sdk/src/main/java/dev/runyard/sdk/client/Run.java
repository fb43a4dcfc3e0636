package dev.runyard.sdk.client;

import dev.runyard.sdk.run.RunError;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.RunStatus;
import dev.runyard.sdk.serde.PayloadCodec;
import dev.runyard.sdk.serde.PayloadException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as it was when it was read.
 *
 * @param id the run, {@code run_…}
 * @param taskId its task
 * @param status where it stands
 * @param version version of the code that it is bound to; absent before a worker took it
 * @param createdAt when it was triggered
 * @param startedAt when it was first taken by a worker
 * @param finishedAt when it ended
 * @param tags its tags
 * @param attemptCount attempts so far
 * @param durationMs execution time
 * @param isTest whether it was started from the Test page
 * @param payloadJson its payload as JSON; lists of runs do not have it
 * @param outputJson its output as JSON, where it succeeded with one; lists of runs do not have it
 * @param error why it failed; lists of runs do not have it
 */
public record Run(
        String id,
        String taskId,
        RunStatus status,
        @Nullable String version,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<String> tags,
        int attemptCount,
        long durationMs,
        boolean isTest,
        @Nullable String payloadJson,
        @Nullable String outputJson,
        @Nullable RunError error) {
    private static final PayloadCodec CODEC = new PayloadCodec();

    public Run {
        tags = List.copyOf(tags);
    }

    /** Tells whether it never changes again. */
    public boolean isFinal() {
        return status.isFinal();
    }

    /**
     * Reads the output; empty where there is none.
     *
     * @throws PayloadException where it does not fit the type
     */
    public <T> Optional<T> output(Class<T> type) {
        return outputJson == null
                ? Optional.empty()
                : Optional.ofNullable(type.cast(CODEC.decode(outputJson, PayloadCodec.JSON, type)));
    }

    /** Returns how it ended; empty where it has not. The output has the type that the caller says. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the codec makes what the type says, null where the task returned it
    <O> Optional<RunResult<O>> result(Type outputType) {
        RunError reason = Objects.requireNonNullElseGet(
                error, () -> new RunError("The run ended with status " + status, null, null));
        return switch (status) {
            case COMPLETED ->
                Optional.of(new RunResult.Completed<>(id, (O) CODEC.decode(outputJson, PayloadCodec.JSON, outputType)));
            case FAILED, CRASHED, SYSTEM_FAILURE -> Optional.of(new RunResult.Failed<>(id, status, reason));
            case CANCELED -> Optional.of(new RunResult.Canceled<>(id));
            case EXPIRED -> Optional.of(new RunResult.Expired<>(id));
            case TIMED_OUT -> Optional.of(new RunResult.TimedOut<>(id, reason));
            case DELAYED, PENDING_VERSION, QUEUED, DEQUEUED, EXECUTING, WAITING, UNKNOWN -> Optional.empty();
        };
    }
}
