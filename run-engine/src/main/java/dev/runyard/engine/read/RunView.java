package dev.runyard.engine.read;

import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run as lists show it: no payload, no output.
///
/// @param id the run
/// @param environmentId where it belongs
/// @param taskId its task
/// @param version version of its state
/// @param execution where it stands in the engine
/// @param status what users see
/// @param statusReason why it waits, where the status alone does not say it
/// @param attempt number of the newest attempt, 0 before the first
/// @param queue its queue
/// @param concurrencyKey its copy of the queue
/// @param workerVersionId version that it is locked to
/// @param machine its size
/// @param maxAttempts most attempts
/// @param maxDurationSeconds longest execution
/// @param tags sorted
/// @param idempotencyKey as the user wrote it
/// @param ttl longest wait for the first start
/// @param isTest whether it is a test
/// @param depth 0 for a root
/// @param parent run that triggered it
/// @param root first run of its tree
/// @param batch batch that it was triggered in
/// @param isAwaited whether the run that triggered it, or its batch, waits for it
/// @param metadata JSON object as text
/// @param worker supervisor that has or had it
/// @param createdAt when it was triggered
/// @param updatedAt when its state, metadata or tags last changed
/// @param delayUntil not before this
/// @param notBefore when its retry is due
/// @param startedAt first hand-out to a worker
/// @param completedAt end
/// @param usageMs execution time of all attempts in milliseconds
public record RunView(
        RunId id,
        EnvironmentId environmentId,
        String taskId,
        int version,
        ExecutionStatus execution,
        RunStatus status,
        @Nullable String statusReason,
        int attempt,
        String queue,
        @Nullable String concurrencyKey,
        @Nullable WorkerVersionId workerVersionId,
        @Nullable MachinePreset machine,
        @Nullable Integer maxAttempts,
        @Nullable Integer maxDurationSeconds,
        List<String> tags,
        @Nullable String idempotencyKey,
        @Nullable Duration ttl,
        boolean isTest,
        int depth,
        @Nullable RunId parent,
        @Nullable RunId root,
        @Nullable BatchId batch,
        boolean isAwaited,
        @Nullable String metadata,
        @Nullable String worker,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant delayUntil,
        @Nullable Instant notBefore,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        long usageMs) {}
