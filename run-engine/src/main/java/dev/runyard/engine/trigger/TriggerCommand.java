package dev.runyard.engine.trigger;

import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.MachinePreset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A validated request for a run. What is absent has the task's setting or the engine's default.
///
/// @param environmentId where it runs
/// @param taskId which task; needs not exist yet
/// @param payload serialized payload
/// @param payloadType its media type
/// @param queue queue to use instead of the task's own
/// @param concurrencyKey separate copy of the queue per key
/// @param delayUntil not before this; a past instant means no delay
/// @param ttl longest wait for the first start; zero switches the task's own ttl off
/// @param idempotencyKey the caller's key
/// @param requestKey key of the transport: the same for all tries of one call
/// @param maxAttempts attempts in total, at least 1
/// @param maxDurationSeconds longest execution; less than 5 means 5, the largest number that there is no limit
/// @param machine size
/// @param metadata JSON object as text
/// @param tags at most 10; blank ones and repetitions do not count
/// @param priorityMs milliseconds by which it overtakes others of its queue
/// @param queuedAs its place in the queue is that of a run of this instant; absent means now, or when its delay ends
/// @param lockToVersion number of the version that must run it
/// @param parent run that triggers it
/// @param parentWait run that triggers it and waits for it; it is the parent as well
/// @param replayOf run that it repeats
/// @param isTest whether it is a test
/// @param traceParent W3C trace context of the caller
/// @param source who asked: `api`, `sdk`, `dashboard`, `cli`, `schedule`
/// @param action what they did, such as `trigger` or `replay`; absent means an ordinary trigger
/// @param debounce lets triggers with one key become one run
/// @param externalDeploymentId id under which the caller deployed the version that must run it, such as a commit
public record TriggerCommand(
        EnvironmentId environmentId,
        String taskId,
        @Nullable String payload,
        String payloadType,
        @Nullable String queue,
        @Nullable String concurrencyKey,
        @Nullable Instant delayUntil,
        @Nullable Duration ttl,
        @Nullable IdempotencyKey idempotencyKey,
        @Nullable String requestKey,
        @Nullable Integer maxAttempts,
        @Nullable Integer maxDurationSeconds,
        @Nullable MachinePreset machine,
        @Nullable String metadata,
        List<String> tags,
        long priorityMs,
        @Nullable Instant queuedAs,
        @Nullable String lockToVersion,
        @Nullable RunId parent,
        @Nullable WaitingParent parentWait,
        @Nullable RunId replayOf,
        boolean isTest,
        @Nullable String traceParent,
        String source,
        @Nullable String action,
        @Nullable Debounce debounce,
        @Nullable String externalDeploymentId) {

    public TriggerCommand {
        tags = List.copyOf(tags);
    }

    /// @param key what the caller sent, at most 2,048 characters
    /// @param shown what the user wrote before the client hashed it, for display
    /// @param scope what the client mixed into the key, `run`, `attempt` or `global`, for display
    /// @param expiresAt until when a repeated call returns the same run
    public record IdempotencyKey(
            String key, @Nullable String shown, @Nullable String scope, Instant expiresAt) {
        /// A key whose scope is not known.
        public IdempotencyKey(String key, @Nullable String shown, Instant expiresAt) {
            this(key, shown, null, expiresAt);
        }
    }

    /// Starts a command with everything at its default.
    public static TriggerCommandBuilder of(EnvironmentId environmentId, String taskId) {
        return new TriggerCommandBuilder(environmentId, taskId);
    }
}
