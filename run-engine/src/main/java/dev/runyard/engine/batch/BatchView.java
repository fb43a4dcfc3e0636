package dev.runyard.engine.batch;

import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A batch as its row has it.
///
/// @param id the batch
/// @param environmentId where it belongs
/// @param status how it is
/// @param idempotencyKey the caller's key
/// @param parent run that made it
/// @param isAwaited whether a run waits for it
/// @param expected how many items it is made for
/// @param received how many arrived
/// @param failed how many of them could not become runs
/// @param finished how many of the others have a run that ended
/// @param createdAt when it was made
/// @param updatedAt when it last changed
/// @param sealedAt when the last item arrived
/// @param completedAt when nothing was left to wait for
public record BatchView(
        BatchId id,
        EnvironmentId environmentId,
        BatchStatus status,
        @Nullable String idempotencyKey,
        @Nullable RunId parent,
        boolean isAwaited,
        int expected,
        int received,
        int failed,
        int finished,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant sealedAt,
        @Nullable Instant completedAt) {

    /// Tells whether all items are there.
    public boolean isSealed() {
        return sealedAt != null;
    }

    /// Tells whether nothing is left to wait for.
    public boolean isEnded() {
        return completedAt != null;
    }
}
