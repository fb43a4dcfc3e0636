package dev.runyard.sdk.run;

import java.util.Arrays;

/** Where a run stands, as the public API says it. */
public enum RunStatus {
    /** It waits for the end of its delay. */
    DELAYED,
    /** No deployed version has its task yet. */
    PENDING_VERSION,
    /** It waits in its queue. */
    QUEUED,
    /** A worker has it and is about to start. */
    DEQUEUED,
    /** It executes, or waits for its next attempt. */
    EXECUTING,
    /** It waits for something else to happen. */
    WAITING,
    /** It succeeded. */
    COMPLETED,
    /** Its code failed in every attempt. */
    FAILED,
    /** It was canceled. */
    CANCELED,
    /** Its process died. */
    CRASHED,
    /** The platform failed it. */
    SYSTEM_FAILURE,
    /** It was not started within its time to live. */
    EXPIRED,
    /** It exceeded its maximum duration. */
    TIMED_OUT,
    /** A status that this version of the client does not know. */
    UNKNOWN;

    /** Reads the word of the API; a word that this version does not know is {@link #UNKNOWN}. */
    public static RunStatus parse(String text) {
        return Arrays.stream(values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Tells whether a run in this status never changes again. */
    public boolean isFinal() {
        return switch (this) {
            case COMPLETED, FAILED, CANCELED, CRASHED, SYSTEM_FAILURE, EXPIRED, TIMED_OUT -> true;
            case DELAYED, PENDING_VERSION, QUEUED, DEQUEUED, EXECUTING, WAITING, UNKNOWN -> false;
        };
    }
}
