package dev.runyard.sdk.client;

import dev.runyard.sdk.run.RunStatus;
import java.time.Duration;

/** A run that had not ended when the caller's patience was over. It goes on. */
public final class AwaitTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String runId;

    AwaitTimeoutException(String runId, RunStatus status, Duration patience) {
        super("Run %s was still %s after %s".formatted(runId, status, patience));
        this.runId = runId;
    }

    /** Returns the run. */
    public String runId() {
        return runId;
    }
}
