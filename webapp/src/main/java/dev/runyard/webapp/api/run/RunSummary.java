package dev.runyard.webapp.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.trigger.Durations;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/// What every form of a run in the public API begins with.
///
/// Costs are always 0: nobody bills for runs here. The region has no meaning yet and is left out.
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunSummary(
        String id,
        String taskIdentifier,
        @Nullable String idempotencyKey,
        @Nullable String version,
        String status,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant delayedUntil,
        @Nullable String ttl,
        @Nullable Instant expiredAt,
        List<String> tags,
        double costInCents,
        double baseCostInCents,
        long durationMs,
        @JsonProperty("isTest") boolean isTest,
        @JsonProperty("isQueued") boolean isQueued,
        @JsonProperty("isExecuting") boolean isExecuting,
        @JsonProperty("isWaiting") boolean isWaiting,
        @JsonProperty("isCompleted") boolean isCompleted,
        @JsonProperty("isSuccess") boolean isSuccess,
        @JsonProperty("isFailed") boolean isFailed,
        @JsonProperty("isCancelled") boolean isCancelled,
        @Nullable RawValue metadata,
        int depth,
        String triggerFunction,
        @Nullable String batchId) {

    /// @param version number of the version that the run is locked to
    static RunSummary of(RunView run, @Nullable String version) {
        RunStatus status = run.status();
        return new RunSummary(
                run.id().toString(),
                run.taskId(),
                run.idempotencyKey(),
                version,
                status.apiName(),
                run.createdAt(),
                run.updatedAt(),
                run.startedAt(),
                run.completedAt(),
                run.delayUntil(),
                run.ttl() == null ? null : Durations.format(run.ttl()),
                status == RunStatus.EXPIRED ? run.completedAt() : null,
                run.tags(),
                0,
                0,
                run.usageMs(),
                run.isTest(),
                isQueued(status),
                isExecuting(status),
                isWaiting(status),
                status.isFinal(),
                status == RunStatus.COMPLETED_SUCCESSFULLY,
                status.isFinal() && status != RunStatus.COMPLETED_SUCCESSFULLY,
                status == RunStatus.CANCELED,
                run.metadata() == null ? null : new RawValue(run.metadata()),
                run.depth(),
                triggerFunction(run),
                run.batch() == null ? null : run.batch().toString());
    }

    private static String triggerFunction(RunView run) {
        String base = run.batch() == null ? "trigger" : "batchTrigger";
        return run.isAwaited() ? base + "AndWait" : base;
    }

    private static boolean isQueued(RunStatus status) {
        return status == RunStatus.PENDING || status == RunStatus.DELAYED || status == RunStatus.PENDING_VERSION;
    }

    private static boolean isExecuting(RunStatus status) {
        return status == RunStatus.DEQUEUED
                || status == RunStatus.EXECUTING
                || status == RunStatus.RETRYING_AFTER_FAILURE;
    }

    private static boolean isWaiting(RunStatus status) {
        return status == RunStatus.WAITING_TO_RESUME || status == RunStatus.PAUSED;
    }
}
