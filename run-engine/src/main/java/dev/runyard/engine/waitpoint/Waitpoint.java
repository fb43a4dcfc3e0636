package dev.runyard.engine.waitpoint;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.WaitpointId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that runs can wait for.
///
/// @param id the waitpoint; a run's or a batch's own id where it is one of those
/// @param environmentId where it belongs
/// @param kind what completes it
/// @param dueAt when a datetime is reached, or a token times out
/// @param idempotencyKey the caller's key
/// @param keyExpiresAt until when the key finds it; for ever where absent
/// @param tags of a token
/// @param createdAt when it was made
/// @param completedAt when it was completed, absent while it is pending
/// @param output what it gives to those that wait; nothing while it is pending
public record Waitpoint(
        WaitpointId id,
        EnvironmentId environmentId,
        WaitpointKind kind,
        @Nullable Instant dueAt,
        @Nullable String idempotencyKey,
        @Nullable Instant keyExpiresAt,
        List<String> tags,
        Instant createdAt,
        @Nullable Instant completedAt,
        WaitpointOutput output) {

    public boolean isCompleted() {
        return completedAt != null;
    }
}
