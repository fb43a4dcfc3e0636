package dev.runyard.sdk.client;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not succeed, after all its retries. Catch a subclass to handle a case:
 *
 * <pre>{@code
 * try {
 *     return runyard.runs().retrieve(id);
 * } catch (ApiException.NotFound e) {
 *     return null;
 * }
 * }</pre>
 */
public abstract sealed class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final boolean retryable;
    private final @Nullable String requestId;

    private ApiException(Answer answer, boolean retryable) {
        super(answer.message());
        this.status = answer.status();
        this.retryable = retryable;
        this.requestId = answer.requestId();
    }

    private ApiException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause);
        this.status = 0;
        this.retryable = retryable;
        this.requestId = null;
    }

    /** Returns the status of the answer; empty where there was none. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** Tells whether the same call may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** Returns the id under which the server's log has the call. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    static ApiException of(Answer answer, boolean retryable) {
        return switch (answer.status()) {
            case 400 -> new BadRequest(answer, retryable);
            case 401 -> new NotAuthenticated(answer, retryable);
            case 403 -> new NotPermitted(answer, retryable);
            case 404 -> new NotFound(answer, retryable);
            case 409 -> new Conflict(answer, retryable);
            case 413 -> new TooLarge(answer, retryable);
            case 422 -> new Unprocessable(answer, retryable);
            case 429 -> new RateLimited(answer, retryable);
            default -> answer.status() >= 500 ? new ServerFailed(answer, retryable) : new Unexpected(answer, retryable);
        };
    }

    /**
     * What the server said.
     *
     * @param status HTTP status
     * @param message the sentence for people
     * @param requestId the server's id of the call
     */
    record Answer(int status, String message, @Nullable String requestId) {}

    /** The server could not be reached, or the connection broke. */
    public static final class ConnectionFailed extends ApiException {
        private static final long serialVersionUID = 1;

        ConnectionFailed(String message, Throwable cause) {
            super(message, cause, true);
        }
    }

    /** 400: the call is malformed. */
    public static final class BadRequest extends ApiException {
        private static final long serialVersionUID = 1;

        private BadRequest(Answer answer, boolean retryable) {
            super(answer, retryable);
        }
    }

    /** 401: the key is missing or wrong. */
    public static final class NotAuthenticated extends ApiException {
        private static final long serialVersionUID = 1;

        private NotAuthenticated(Answer answer, boolean retryable) {
            super(answer, retryable);
        }
    }

    /** 403: the key does not allow it. */
    public static final class NotPermitted extends ApiException {
        private static final long serialVersionUID = 1;

        private NotPermitted(Answer answer, boolean retryable) {
            super(answer, retryable);
        }
    }

    /** 404: there is no such thing in the key's environment. */
    public static final class NotFound extends ApiException {
        private static final long serialVersionUID = 1;

        private NotFound(Answer answer, boolean retryable) {
            super(answer, retryable);
        }
    }

    /** 409: something changed meanwhile. */
    public static final class Conflict extends ApiException {
        private static final long serialVersionUID = 1;

        private Conflict(Answer answer, boolean retryable) {
            super(answer, retryable);
        }
    }

    /** 413: the payload is too large. */
    public static final class TooLarge extends ApiException {
        private static final long serialVersionUID = 1;

        private TooLarge(Answer answer, boolean retryable) {
            super(answer, retryable);
        }
    }

    /** 422: the call is well-formed but a rule forbids it. */
    public static final class Unprocessable extends ApiException {
        private static final long serialVersionUID = 1;

        private Unprocessable(Answer answer, boolean retryable) {
            super(answer, retryable);
        }
    }

    /** 429: too many calls. */
    public static final class RateLimited extends ApiException {
        private static final long serialVersionUID = 1;

        private RateLimited(Answer answer, boolean retryable) {
            super(answer, retryable);
        }
    }

    /** 5xx: the server failed. */
    public static final class ServerFailed extends ApiException {
        private static final long serialVersionUID = 1;

        private ServerFailed(Answer answer, boolean retryable) {
            super(answer, retryable);
        }
    }

    /** A status without a class of its own, or a success whose body cannot be read. */
    public static final class Unexpected extends ApiException {
        private static final long serialVersionUID = 1;

        private Unexpected(Answer answer, boolean retryable) {
            super(answer, retryable);
        }

        Unexpected(String message, @Nullable Throwable cause) {
            super(message, cause, false);
        }
    }
}
