package dev.runyard.worker;

import org.jspecify.annotations.Nullable;

/** A call of a worker that got no useful answer; the message is for its operator. */
final class WorkerApiException extends Exception {
    private static final long serialVersionUID = 1;

    WorkerApiException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
