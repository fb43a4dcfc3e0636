package dev.runyard.webapp.api.body;

import dev.runyard.protocol.trigger.TriggerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bodies about batches.
public final class BatchBodies {
    private BatchBodies() {}

    /// A batch whose items follow.
    ///
    /// @param runCount how many items there will be
    /// @param taskIdentifiers tasks of the items, which a public token must permit
    /// @param parentRunId run that makes the batch
    /// @param resumeParentOnCompletion whether that run waits for it
    /// @param idempotencyKey key under which a repeated call returns the same batch
    public record Create(
            int runCount,
            @Nullable List<String> taskIdentifiers,
            @Nullable String parentRunId,
            @Nullable Boolean resumeParentOnCompletion,
            @Nullable String idempotencyKey) {}

    /// One line of the stream of items.
    ///
    /// @param index place in the batch, from 0
    /// @param task which task
    /// @param payload any JSON
    /// @param options everything else
    public record Line(int index, String task, @Nullable Object payload, TriggerRequest.@Nullable Options options) {}

    /// All items at once.
    ///
    /// @param items the runs
    /// @param parentRunId run that makes the batch
    /// @param resumeParentOnCompletion whether that run waits for it
    public record OneStep(
            List<Item> items,
            @Nullable String parentRunId,
            @Nullable Boolean resumeParentOnCompletion) {}

    /// @param task which task, unless the address names it
    public record Item(@Nullable String task, @Nullable Object payload, TriggerRequest.@Nullable Options options) {}
}
