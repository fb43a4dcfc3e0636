package dev.runyard.webapp.api.body;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bodies about waiting.
public final class WaitBodies {
    private WaitBodies() {}

    /// A new token.
    ///
    /// @param timeout duration or date after which nobody need wait any more
    /// @param idempotencyKey key under which a repeated call returns the same token
    /// @param idempotencyKeyTTL how long the key holds
    /// @param tags for finding it
    public record Token(
            @Nullable String timeout,
            @Nullable String idempotencyKey,
            @Nullable String idempotencyKeyTTL,
            @Nullable List<String> tags) {}

    /// @param data what whoever waits gets; any JSON
    public record Complete(@Nullable Object data) {}

    /// @param date until when
    public record Until(
            String date,
            @Nullable String idempotencyKey,
            @Nullable String idempotencyKeyTTL) {}
}
