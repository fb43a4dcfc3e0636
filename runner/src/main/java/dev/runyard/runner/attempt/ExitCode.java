package dev.runyard.runner.attempt;

/** How the process ends, as its supervisor reads it. */
public enum ExitCode {
    /** The run was reported, or is not this process's any more. */
    DONE(0),
    /** The process could not start, or its report was not taken. */
    FAILED(1),
    /** The lease was lost; nothing was reported, and the server gives the run to another process. */
    LEASE_LOST(75),
    /** The process was asked to stop and the task did not end within the grace: 128 and SIGTERM. */
    TERMINATED(143);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    /** Returns the number. */
    public int value() {
        return value;
    }
}
