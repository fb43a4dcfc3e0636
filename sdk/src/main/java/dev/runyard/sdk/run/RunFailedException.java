package dev.runyard.sdk.run;

/** A run that ended without success, where the caller asked for its output only. */
public final class RunFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String runId;

    RunFailedException(String runId, String message) {
        super(message);
        this.runId = runId;
    }

    /** Returns the run. */
    public String runId() {
        return runId;
    }
}
