package dev.runyard.runner.lease;

/** Why the process must stop its task before it ended by itself. */
public enum Interruption {
    /** The run is being canceled: stop and report. */
    CANCEL_REQUESTED("The run was canceled"),
    /** The run ended or is another process's now: stop and say nothing. */
    TAKEN_AWAY("The run is no longer this worker's"),
    /** The server could not be reached for so long that it will give the run away: stop and say nothing. */
    LEASE_LOST("The server could not be reached for too long"),
    /** The process was asked to stop and the grace is over. */
    TERMINATED("The worker is shutting down");

    private final String sentence;

    Interruption(String sentence) {
        this.sentence = sentence;
    }

    /** Returns the sentence for people. */
    public String sentence() {
        return sentence;
    }
}
