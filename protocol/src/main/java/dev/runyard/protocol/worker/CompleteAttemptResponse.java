package dev.runyard.protocol.worker;

/**
 * Answer of {@code POST …/attempts/complete}.
 *
 * @param result what becomes of the run
 */
public record CompleteAttemptResponse(Result result) {

    /** What the runner does next. */
    public enum AttemptStatus {
        /** The run ended: the runner is done. */
        RUN_FINISHED,
        /** The run is being canceled: the runner is done. */
        RUN_PENDING_CANCEL,
        /** The run goes back to its queue: the runner is done. */
        RETRY_QUEUED,
        /** The same runner waits until the retry is due and starts the next attempt. */
        RETRY_IMMEDIATELY
    }

    /**
     * @param attemptStatus what the runner does next
     * @param snapshot the version that it now holds
     * @param run the run
     */
    public record Result(AttemptStatus attemptStatus, ExecutionSnapshot snapshot, RunMetadata run) {}
}
