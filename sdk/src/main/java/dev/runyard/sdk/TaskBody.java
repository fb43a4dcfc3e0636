package dev.runyard.sdk;

import org.jspecify.annotations.Nullable;

/**
 * A task's code.
 *
 * <p>It runs on a thread of its own and may block. Where the run is canceled, lasts too long or is taken away from its
 * worker, the thread is interrupted.
 *
 * @param <I> the payload
 * @param <O> the output
 */
@FunctionalInterface
public interface TaskBody<I extends @Nullable Object, O extends @Nullable Object> {

    /**
     * Executes one attempt.
     *
     * @throws AbortTaskRunException where another attempt would be useless
     * @throws Exception where the attempt failed; it is repeated as the task's {@link Retry} says
     */
    O run(I input, TaskContext context) throws Exception;

    /** A task's code where it has no output. */
    @FunctionalInterface
    interface WithoutOutput<I extends @Nullable Object> {
        /** Executes one attempt. */
        void run(I input, TaskContext context) throws Exception;
    }
}
