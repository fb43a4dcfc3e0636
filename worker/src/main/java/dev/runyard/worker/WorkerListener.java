package dev.runyard.worker;

import dev.runyard.sdk.internal.LogLine;
import java.time.Duration;

/** Hears what a worker does. Called on the threads of runs; it must not block for long. */
public interface WorkerListener {
    /** Hears nothing. */
    WorkerListener NONE = new WorkerListener() {};

    /** A version was registered and is the environment's current one. */
    default void registered(String version, int tasks) {}

    /** The worker took a run. */
    default void taken(String run) {}

    /**
     * An attempt was reported.
     *
     * @param task the task's id
     * @param run the run's id
     * @param succeeded whether it returned
     * @param took how long its code ran, without waits
     */
    default void attemptEnded(String task, String run, boolean succeeded, Duration took) {}

    /** A run wrote a line with its logger. */
    default void line(String task, String run, LogLine line) {}

    /** Something went wrong that somebody should know. */
    default void problem(String sentence) {}
}
