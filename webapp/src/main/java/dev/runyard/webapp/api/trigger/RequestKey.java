package dev.runyard.webapp.api.trigger;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// The key by which the tries of one call are known: the client makes a new one for every call.
public final class RequestKey {
    private static final int MAX_LENGTH = 512;

    private RequestKey() {}

    /// Reads the key of a request; absent where the caller sends none.
    ///
    /// @param what the call is about, such as a task: a client that repeats keys must not mix up two of them
    public static @Nullable String of(HttpServletRequest request, String what) {
        String header = request.getHeader("x-trigger-request-idempotency-key");
        return header == null || header.isBlank() || header.length() > MAX_LENGTH ? null : what + "\n" + header;
    }
}
