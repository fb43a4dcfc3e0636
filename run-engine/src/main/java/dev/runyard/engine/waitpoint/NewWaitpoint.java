package dev.runyard.engine.waitpoint;

import dev.runyard.protocol.id.EnvironmentId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request for a waitpoint that no run and no batch completes.
///
/// @param environmentId where it belongs
/// @param kind DATETIME or MANUAL
/// @param dueAt when a datetime is reached, or a token times out; a token without waits for ever
/// @param key finds the same waitpoint again
/// @param tags of a token
public record NewWaitpoint(
        EnvironmentId environmentId,
        WaitpointKind kind,
        @Nullable Instant dueAt,
        @Nullable Key key,
        List<String> tags) {

    public NewWaitpoint {
        tags = List.copyOf(tags);
        if (kind != WaitpointKind.DATETIME && kind != WaitpointKind.MANUAL) {
            throw new IllegalArgumentException("made with its run or batch: " + kind);
        }
        if (kind == WaitpointKind.DATETIME && dueAt == null) {
            throw new IllegalArgumentException("a datetime has a date");
        }
    }

    /// @param text what the caller sent
    /// @param expiresAt until when it leads to the same waitpoint; for ever where absent
    public record Key(String text, @Nullable Instant expiresAt) {}

    public static NewWaitpoint datetime(EnvironmentId environment, Instant at, @Nullable Key key) {
        return new NewWaitpoint(environment, WaitpointKind.DATETIME, at, key, List.of());
    }

    public static NewWaitpoint token(
            EnvironmentId environment, @Nullable Instant timeoutAt, @Nullable Key key, List<String> tags) {
        return new NewWaitpoint(environment, WaitpointKind.MANUAL, timeoutAt, key, tags);
    }
}
