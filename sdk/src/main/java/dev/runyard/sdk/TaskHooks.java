package dev.runyard.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Code that runs around a task's body. A hook that is absent does nothing.
 *
 * <p>In this order: {@code middleware} around everything up to the result, {@code init}, {@code onStart},
 * {@code onStartAttempt}, the body, then {@code onSuccess} or {@code catchError} and {@code onFailure}, then
 * {@code onComplete} and {@code cleanup}. What the hooks before the body throw fails the attempt as if the body had
 * thrown it. What the hooks after it throw is written to the run's log and changes nothing.
 *
 * @param middleware around the body and the hooks before it
 * @param init before each attempt: the place to open what the attempt needs
 * @param onStart before the body, on the first attempt only
 * @param onStartAttempt before the body, on each attempt
 * @param onSuccess after an attempt that succeeded
 * @param catchError after an attempt that failed: decides what follows
 * @param onFailure after an attempt that failed and will not be repeated
 * @param onComplete after {@code onSuccess} or {@code onFailure}
 * @param onCancel when the run is canceled while it executes, beside the interrupted body
 * @param onWait before the run waits
 * @param onResume after the run waited
 * @param cleanup after every attempt, however it ended
 * @param <I> the payload
 * @param <O> the output
 */
public record TaskHooks<I extends @Nullable Object, O extends @Nullable Object>(
        @Nullable Middleware<I> middleware,
        @Nullable Hook<I> init,
        @Nullable Hook<I> onStart,
        @Nullable Hook<I> onStartAttempt,
        @Nullable SuccessHook<I, O> onSuccess,
        @Nullable CatchHook<I> catchError,
        @Nullable FailureHook<I> onFailure,
        @Nullable Hook<I> onComplete,
        @Nullable Hook<I> onCancel,
        @Nullable Hook<I> onWait,
        @Nullable Hook<I> onResume,
        @Nullable Hook<I> cleanup) {

    /** No hooks at all. */
    public static <I extends @Nullable Object, O extends @Nullable Object> TaskHooks<I, O> none() {
        return new TaskHooks<>(null, null, null, null, null, null, null, null, null, null, null, null);
    }

    TaskHooks<I, O> middleware(Middleware<I> hook) {
        return new TaskHooks<>(
                hook,
                init,
                onStart,
                onStartAttempt,
                onSuccess,
                catchError,
                onFailure,
                onComplete,
                onCancel,
                onWait,
                onResume,
                cleanup);
    }

    TaskHooks<I, O> init(Hook<I> hook) {
        return new TaskHooks<>(
                middleware,
                hook,
                onStart,
                onStartAttempt,
                onSuccess,
                catchError,
                onFailure,
                onComplete,
                onCancel,
                onWait,
                onResume,
                cleanup);
    }

    TaskHooks<I, O> onStart(Hook<I> hook) {
        return new TaskHooks<>(
                middleware,
                init,
                hook,
                onStartAttempt,
                onSuccess,
                catchError,
                onFailure,
                onComplete,
                onCancel,
                onWait,
                onResume,
                cleanup);
    }

    TaskHooks<I, O> onStartAttempt(Hook<I> hook) {
        return new TaskHooks<>(
                middleware,
                init,
                onStart,
                hook,
                onSuccess,
                catchError,
                onFailure,
                onComplete,
                onCancel,
                onWait,
                onResume,
                cleanup);
    }

    TaskHooks<I, O> onSuccess(SuccessHook<I, O> hook) {
        return new TaskHooks<>(
                middleware,
                init,
                onStart,
                onStartAttempt,
                hook,
                catchError,
                onFailure,
                onComplete,
                onCancel,
                onWait,
                onResume,
                cleanup);
    }

    TaskHooks<I, O> catchError(CatchHook<I> hook) {
        return new TaskHooks<>(
                middleware,
                init,
                onStart,
                onStartAttempt,
                onSuccess,
                hook,
                onFailure,
                onComplete,
                onCancel,
                onWait,
                onResume,
                cleanup);
    }

    TaskHooks<I, O> onFailure(FailureHook<I> hook) {
        return new TaskHooks<>(
                middleware,
                init,
                onStart,
                onStartAttempt,
                onSuccess,
                catchError,
                hook,
                onComplete,
                onCancel,
                onWait,
                onResume,
                cleanup);
    }

    TaskHooks<I, O> onComplete(Hook<I> hook) {
        return new TaskHooks<>(
                middleware,
                init,
                onStart,
                onStartAttempt,
                onSuccess,
                catchError,
                onFailure,
                hook,
                onCancel,
                onWait,
                onResume,
                cleanup);
    }

    TaskHooks<I, O> onCancel(Hook<I> hook) {
        return new TaskHooks<>(
                middleware,
                init,
                onStart,
                onStartAttempt,
                onSuccess,
                catchError,
                onFailure,
                onComplete,
                hook,
                onWait,
                onResume,
                cleanup);
    }

    TaskHooks<I, O> onWait(Hook<I> hook) {
        return new TaskHooks<>(
                middleware,
                init,
                onStart,
                onStartAttempt,
                onSuccess,
                catchError,
                onFailure,
                onComplete,
                onCancel,
                hook,
                onResume,
                cleanup);
    }

    TaskHooks<I, O> onResume(Hook<I> hook) {
        return new TaskHooks<>(
                middleware,
                init,
                onStart,
                onStartAttempt,
                onSuccess,
                catchError,
                onFailure,
                onComplete,
                onCancel,
                onWait,
                hook,
                cleanup);
    }

    TaskHooks<I, O> cleanup(Hook<I> hook) {
        return new TaskHooks<>(
                middleware,
                init,
                onStart,
                onStartAttempt,
                onSuccess,
                catchError,
                onFailure,
                onComplete,
                onCancel,
                onWait,
                onResume,
                hook);
    }

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

    /** A hook that decides what follows a failure. */
    @FunctionalInterface
    public interface CatchHook<I extends @Nullable Object> {
        /**
         * Decides.
         *
         * @throws AbortTaskRunException to end the run with another reason
         */
        OnError decide(I input, Throwable error, TaskContext context) throws Exception;
    }

    /** Code around the body and the hooks before it. */
    @FunctionalInterface
    public interface Middleware<I extends @Nullable Object> {
        /** Runs; it must call {@code next} once. */
        void around(I input, TaskContext context, Next next) throws Exception;
    }

    /** What a middleware goes around. */
    @FunctionalInterface
    public interface Next {
        /** Goes on. */
        void run() throws Exception;
    }
}
