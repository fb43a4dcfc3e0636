package dev.runyard.engine.trigger;

import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// A run that is about to be written; its members are the columns of sql/trigger/write_runs.sql.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record TriggerRow(
        UUID id,
        UUID environmentId,
        String taskId,
        @Nullable String payload,
        String payloadType,
        @Nullable String metadata,
        List<String> tags,
        @Nullable String idempotencyKey,
        @Nullable String idempotencyScope,
        @Nullable String keyHash,
        @Nullable Instant keyExpiresAt,
        @Nullable String requestHash,
        @Nullable Instant requestExpiresAt,
        @Nullable String requestedMachine,
        @Nullable Integer requestedMaxAttempts,
        @Nullable Integer requestedMaxDuration,
        @Nullable String requestedQueue,
        long priorityMs,
        @Nullable UUID parentRunId,
        @Nullable UUID rootRunId,
        int depth,
        @Nullable UUID replayOf,
        boolean isTest,
        String traceParent,
        String source,
        @Nullable String triggerAction,
        @Nullable String rootSource,
        @Nullable String debounce,
        @Nullable String externalDeploymentId,
        RunEvent event,
        ExecutionStatus execution,
        RunStatus status,
        @Nullable String statusReason,
        String queue,
        @Nullable String concurrencyKey,
        String workerQueue,
        long score,
        @Nullable UUID workerVersionId,
        @Nullable Integer ttlSeconds,
        @Nullable Instant delayUntil,
        @Nullable String timerKind,
        @Nullable Instant timerDue,
        boolean awaited,
        Instant createdAt) {

    RunId runId() {
        return new RunId(id);
    }

    /// When the run enters its queue, absent where it does so at once or after a delay.
    @Nullable
    Instant notBefore() {
        return Timer.Kind.START.name().equals(timerKind) ? timerDue : null;
    }

    /// The same row, for a writer that holds the keys already.
    TriggerRow withoutKeys() {
        return new TriggerRow(
                id,
                environmentId,
                taskId,
                payload,
                payloadType,
                metadata,
                tags,
                idempotencyKey,
                idempotencyScope,
                null,
                null,
                null,
                null,
                requestedMachine,
                requestedMaxAttempts,
                requestedMaxDuration,
                requestedQueue,
                priorityMs,
                parentRunId,
                rootRunId,
                depth,
                replayOf,
                isTest,
                traceParent,
                source,
                triggerAction,
                rootSource,
                debounce,
                externalDeploymentId,
                event,
                execution,
                status,
                statusReason,
                queue,
                concurrencyKey,
                workerQueue,
                score,
                workerVersionId,
                ttlSeconds,
                delayUntil,
                timerKind,
                timerDue,
                awaited,
                createdAt);
    }
}
