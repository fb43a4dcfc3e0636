package dev.runyard.worker;

import org.jspecify.annotations.Nullable;

/**
 * How a worker is.
 *
 * @param state what it does
 * @param version the version that it registered, absent while there is none
 * @param running runs whose code runs now
 * @param waiting runs that wait for something
 * @param concurrency most runs whose code it lets run at once
 * @param problem why it gets no runs, absent where it does
 */
public record WorkerStatus(
        State state,
        @Nullable String version,
        int running,
        int waiting,
        int concurrency,
        @Nullable String problem) {

    /** What a worker does. */
    public enum State {
        /** It has not registered its version yet. */
        STARTING,
        /** It asks for runs. */
        TAKING,
        /** It asks no more, and lets its runs end. */
        STOPPING,
        /** It has ended. */
        STOPPED
    }

    /** Tells whether it asks for runs and the server answers. */
    public boolean isWell() {
        return state == State.TAKING && problem == null;
    }
}
