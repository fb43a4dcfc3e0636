package dev.runyard.supervisor.platform;

import dev.runyard.supervisor.pace.ServiceLoop;
import org.jspecify.annotations.Nullable;

/// The webapp did not do what it was asked.
public final class PlatformException extends RuntimeException implements ServiceLoop.Expected {
    private final int status;
    private final boolean retryable;

    private PlatformException(String message, int status, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.retryable = retryable;
    }

    static PlatformException unreachable(String call, Throwable cause) {
        return new PlatformException(call + ": the webapp cannot be reached (" + cause + ")", 0, true, cause);
    }

    static PlatformException answered(String call, RawResponse response) {
        String message = call + ": the webapp answered " + response.status() + " " + response.excerpt();
        return new PlatformException(message, response.status(), response.isRetryable(), null);
    }

    static PlatformException unreadable(String call, Throwable cause) {
        return new PlatformException(call + ": the webapp's answer cannot be read (" + cause + ")", 200, false, cause);
    }

    /// Returns the HTTP status, 0 where there was no answer.
    public int status() {
        return status;
    }

    /// Tells whether the same call may succeed later.
    public boolean isRetryable() {
        return retryable;
    }
}
