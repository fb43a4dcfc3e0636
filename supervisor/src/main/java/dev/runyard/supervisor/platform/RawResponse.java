package dev.runyard.supervisor.platform;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An answer of the webapp as it came.
///
/// @param status HTTP status
/// @param body its bytes
/// @param contentType its media type
/// @param shouldRetry the webapp's own word on whether to try again
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy of every body would cost more than it protects.
public record RawResponse(
        int status,
        byte[] body,
        @Nullable String contentType,
        @Nullable String shouldRetry) {
    private static final int EXCERPT = 300;
    private static final int CONFLICT = 409;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    public RawResponse withBody(byte[] other) {
        return new RawResponse(status, other, contentType, shouldRetry);
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /// Tells whether the same call may succeed later: what the webapp says, and else what its status means.
    public boolean isRetryable() {
        if (shouldRetry != null) {
            return Boolean.parseBoolean(shouldRetry);
        }
        return status >= 500 || status == CONFLICT || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
    }

    /// Returns the beginning of the body, for messages.
    String excerpt() {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "…";
    }
}
