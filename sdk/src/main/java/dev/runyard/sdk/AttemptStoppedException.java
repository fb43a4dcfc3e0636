package dev.runyard.sdk;

/** Thrown by {@link TaskContext#checkCanceled} where the attempt is to stop. Let it pass. */
public final class AttemptStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message why the attempt is to stop */
    public AttemptStoppedException(String message) {
        super(message);
    }
}
