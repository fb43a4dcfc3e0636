package dev.runyard.sdk.run;

import org.jspecify.annotations.Nullable;

/**
 * How a run ended. A {@code switch} over it is exhaustive.
 *
 * @param <O> the output
 */
public sealed interface RunResult<O extends @Nullable Object> {

    /** Returns the run. */
    String runId();

    /**
     * Returns the output of a success.
     *
     * @throws RunFailedException where the run ended in any other way
     */
    default O outputOrThrow() {
        return switch (this) {
            case Completed<O> completed -> completed.output();
            case Failed<O> failed ->
                throw new RunFailedException(
                        runId(),
                        "Run %s failed: %s".formatted(runId(), failed.error().message()));
            case TimedOut<O> timedOut ->
                throw new RunFailedException(
                        runId(),
                        "Run %s took too long: %s"
                                .formatted(runId(), timedOut.error().message()));
            case Canceled<O> canceled ->
                throw new RunFailedException(canceled.runId(), "Run " + canceled.runId() + " was canceled");
            case Expired<O> expired ->
                throw new RunFailedException(
                        expired.runId(), "Run " + expired.runId() + " was not started in time and expired");
        };
    }

    /**
     * It succeeded.
     *
     * @param runId the run
     * @param output what the task returned
     */
    record Completed<O extends @Nullable Object>(String runId, O output) implements RunResult<O> {}

    /**
     * Its code failed in every attempt, its process died, or the platform failed it.
     *
     * @param runId the run
     * @param status {@code FAILED}, {@code CRASHED} or {@code SYSTEM_FAILURE}
     * @param error why
     */
    record Failed<O extends @Nullable Object>(String runId, RunStatus status, RunError error) implements RunResult<O> {}

    /**
     * It exceeded its maximum duration.
     *
     * @param runId the run
     * @param error what happened
     */
    record TimedOut<O extends @Nullable Object>(String runId, RunError error) implements RunResult<O> {}

    /**
     * It was canceled.
     *
     * @param runId the run
     */
    record Canceled<O extends @Nullable Object>(String runId) implements RunResult<O> {}

    /**
     * It was not started within its time to live.
     *
     * @param runId the run
     */
    record Expired<O extends @Nullable Object>(String runId) implements RunResult<O> {}
}
