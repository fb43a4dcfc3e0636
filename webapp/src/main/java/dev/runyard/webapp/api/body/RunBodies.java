package dev.runyard.webapp.api.body;

import dev.runyard.protocol.trigger.TriggerRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bodies about runs.
public final class RunBodies {
    private RunBodies() {}

    /// A new run.
    ///
    /// @param payload any JSON; where it is a text, `options.payloadType` says what it holds
    /// @param options everything else
    public record Trigger(@Nullable Object payload, TriggerRequest.@Nullable Options options) {}

    /// What shall be different when a run is repeated.
    public record Replay(
            @Nullable Object payload,
            @Nullable String payloadType,
            @Nullable Map<String, Object> metadata,
            @Nullable List<String> tags,
            @Nullable String queue,
            @Nullable String concurrencyKey,
            @Nullable String machine,
            @Nullable String version,
            @Nullable String region,
            @Nullable String delay,
            @Nullable Object ttl,
            @Nullable String idempotencyKey,
            @Nullable String idempotencyKeyTTL,
            @Nullable Integer maxAttempts,
            @Nullable Double maxDuration,
            @Nullable Double priority) {}

    /// @param delay duration such as `1h`, or a date
    public record Reschedule(String delay) {}

    /// @param tags one text or several
    public record Tags(Object tags) {}

    /// A change of metadata.
    ///
    /// @param metadata replaces the document
    /// @param operations change the run's own
    /// @param parentOperations change the parent's
    /// @param rootOperations change the root's
    public record Metadata(
            @Nullable Map<String, Object> metadata,
            @Nullable List<Operation> operations,
            @Nullable List<Operation> parentOperations,
            @Nullable List<Operation> rootOperations) {}

    /// @param type `set`, `delete`, `append`, `remove`, `increment` or `update`
    /// @param key a member, or a path that begins with `$.`
    /// @param value what is set, added or removed
    public record Operation(
            String type, @Nullable String key, @Nullable Object value) {}

    /// @param taskIdentifier whose runs the key is about
    public record ResetKey(String taskIdentifier) {}

    /// An action on many runs.
    ///
    /// @param action `cancel` or `replay`
    /// @param filter which runs; this or `runIds`
    /// @param runIds the runs by name
    /// @param name what to call it
    /// @param targetRegion where they are replayed
    public record Bulk(
            String action,
            @Nullable Filter filter,
            @Nullable List<String> runIds,
            @Nullable String name,
            @Nullable String targetRegion) {}

    /// Which runs; every member takes one value or several.
    public record Filter(
            @Nullable Object status,
            @Nullable Object taskIdentifier,
            @Nullable Object version,
            @Nullable Object tag,
            @Nullable Object queue,
            @Nullable Object machine,
            @Nullable Object region,
            @Nullable Object from,
            @Nullable Object to,
            @Nullable String period,
            @Nullable String batch,
            @Nullable String schedule,
            @Nullable String bulkAction,
            @Nullable Boolean isTest) {}
}
