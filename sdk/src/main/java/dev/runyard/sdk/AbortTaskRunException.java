package dev.runyard.sdk;

import org.jspecify.annotations.Nullable;

/** Thrown by a task that knows that another attempt is useless: the run fails at once, whatever its {@link Retry}. */
public final class AbortTaskRunException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message what the user reads on the run */
    public AbortTaskRunException(String message) {
        super(message);
    }

    /**
     * @param message what the user reads on the run
     * @param cause what happened
     */
    public AbortTaskRunException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
