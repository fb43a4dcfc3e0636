package dev.runyard.protocol.run;

/** The status of a run as it is stored and as workers see it. The public API shows {@link #apiName()}. */
public enum RunStatus {
    DELAYED("DELAYED"),
    PENDING("QUEUED"),
    PENDING_VERSION("PENDING_VERSION"),
    DEQUEUED("DEQUEUED"),
    EXECUTING("EXECUTING"),
    WAITING_TO_RESUME("WAITING"),
    RETRYING_AFTER_FAILURE("EXECUTING"),
    PAUSED("WAITING"),
    CANCELED("CANCELED"),
    INTERRUPTED("FAILED"),
    COMPLETED_SUCCESSFULLY("COMPLETED"),
    COMPLETED_WITH_ERRORS("FAILED"),
    SYSTEM_FAILURE("SYSTEM_FAILURE"),
    CRASHED("CRASHED"),
    EXPIRED("EXPIRED"),
    TIMED_OUT("TIMED_OUT");

    private final String apiName;

    RunStatus(String apiName) {
        this.apiName = apiName;
    }

    /** Returns the name in the public API (version 2025-07-16 of its status vocabulary). */
    public String apiName() {
        return apiName;
    }

    /** Tells whether a run in this status never changes again. */
    public boolean isFinal() {
        return switch (this) {
            case CANCELED,
                    INTERRUPTED,
                    COMPLETED_SUCCESSFULLY,
                    COMPLETED_WITH_ERRORS,
                    SYSTEM_FAILURE,
                    CRASHED,
                    EXPIRED,
                    TIMED_OUT -> true;
            case DELAYED,
                    PENDING,
                    PENDING_VERSION,
                    DEQUEUED,
                    EXECUTING,
                    WAITING_TO_RESUME,
                    RETRYING_AFTER_FAILURE,
                    PAUSED -> false;
        };
    }

    /**
     * Tells whether the run ended without success by its own fault or the platform's; such runs free their idempotency
     * key.
     */
    public boolean isFailure() {
        return isFinal() && this != COMPLETED_SUCCESSFULLY && this != CANCELED;
    }
}
