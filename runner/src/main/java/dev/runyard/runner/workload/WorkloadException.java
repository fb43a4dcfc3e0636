package dev.runyard.runner.workload;

/** A call that got no useful answer. */
public final class WorkloadException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean retryable;

    WorkloadException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    WorkloadException(String message, Throwable cause) {
        super(message, cause);
        this.retryable = true;
    }

    /** Tells whether the same call may succeed later; otherwise it was refused. */
    public boolean retryable() {
        return retryable;
    }
}
