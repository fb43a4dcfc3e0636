package dev.runyard.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Code that runs around a task's body. A hook that is absent does nothing.
 *
 * <p>What {@code onStart} throws fails the attempt as if the body had thrown it. What the others throw is written to
 * the run's log and changes nothing.
 *
 * @param onStart before the body, on the first attempt only
 * @param onSuccess after an attempt that succeeded
 * @param onFailure after an attempt that failed and will not be repeated
 * @param onComplete after {@code onSuccess} or {@code onFailure}
 * @param onCancel when the run is canceled while it executes, beside the interrupted body
 * @param cleanup after every attempt, however it ended
 * @param <I> the payload
 * @param <O> the output
 */
public record TaskHooks<I extends @Nullable Object, O extends @Nullable Object>(
        @Nullable Hook<I> onStart,
        @Nullable SuccessHook<I, O> onSuccess,
        @Nullable FailureHook<I> onFailure,
        @Nullable Hook<I> onComplete,
        @Nullable Hook<I> onCancel,
        @Nullable Hook<I> cleanup) {

    /** A hook that knows the payload. */
    @FunctionalInterface
    public interface Hook<I extends @Nullable Object> {
        /** Runs the hook. */
        void run(I input, TaskContext context) throws Exception;
    }

    /** A hook that knows the payload and the output. */
    @FunctionalInterface
    public interface SuccessHook<I extends @Nullable Object, O extends @Nullable Object> {
        /** Runs the hook. */
        void run(I input, O output, TaskContext context) throws Exception;
    }

    /** A hook that knows the payload and what the body threw. */
    @FunctionalInterface
    public interface FailureHook<I extends @Nullable Object> {
        /** Runs the hook. */
        void run(I input, Throwable error, TaskContext context) throws Exception;
    }
}
