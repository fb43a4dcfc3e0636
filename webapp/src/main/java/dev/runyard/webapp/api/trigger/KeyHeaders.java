package dev.runyard.webapp.api.trigger;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// An idempotency key that came in the headers of a request; it wins over the one in the body.
///
/// @param key the key
/// @param life how long it holds, as the caller wrote it
public record KeyHeaders(Optional<String> key, Optional<String> life) {
    /// No key in the headers, such as for the items of a batch.
    public static final KeyHeaders NONE = new KeyHeaders(Optional.empty(), Optional.empty());

    static KeyHeaders of(HttpServletRequest request) {
        return new KeyHeaders(
                Optional.ofNullable(request.getHeader("idempotency-key")).filter(key -> !key.isBlank()),
                Optional.ofNullable(request.getHeader("idempotency-key-ttl")));
    }
}
