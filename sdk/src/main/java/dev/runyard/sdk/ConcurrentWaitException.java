package dev.runyard.sdk;

/**
 * Thrown where a run is to wait while it waits already. Waits of a run come one after the other; to wait for several
 * runs at once there is {@code batchTriggerAndWait}. The run fails and is not retried where this passes.
 */
public final class ConcurrentWaitException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** @param message which wait is under way and which was refused */
    public ConcurrentWaitException(String message) {
        super(message);
    }
}
