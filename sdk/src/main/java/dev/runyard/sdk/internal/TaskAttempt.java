package dev.runyard.sdk.internal;

import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.AbortTaskRunException;
import dev.runyard.sdk.ConcurrentWaitException;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskHooks;
import dev.runyard.sdk.serde.PayloadCodec;
import dev.runyard.sdk.serde.PayloadException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Executes one attempt of a task: read the payload, run the hooks and the body, write the output.
 *
 * <p>{@link #run} never throws what the task's code threw; it is on the caller's thread, which may be interrupted to
 * stop the task. {@link #cancel} may be called from another thread meanwhile.
 */
public final class TaskAttempt {
    /** Most bytes that an output may have. */
    public static final int LARGEST_OUTPUT = 10 * 1024 * 1024;

    private static final PayloadCodec CODEC = new PayloadCodec();

    private final Task<@Nullable Object, @Nullable Object> task;
    private final TaskRunExecution execution;
    private final AttemptContext context;
    private final RandomGenerator random;
    private volatile boolean hasInput;
    private volatile @Nullable Object input;

    /**
     * @param task what to execute
     * @param execution the attempt
     * @param context what its code sees
     * @param random source of the retry delay's jitter
     */
    @SuppressWarnings("unchecked") // values of the task's types are only made by the codec, from those very types
    public TaskAttempt(Task<?, ?> task, TaskRunExecution execution, AttemptContext context, RandomGenerator random) {
        this.task = (Task<@Nullable Object, @Nullable Object>) task;
        this.execution = execution;
        this.context = context;
        this.random = random;
    }

    /** Executes the attempt. */
    public AttemptOutcome run() {
        try {
            input = readInput();
            hasInput = true;
        } catch (PayloadException e) {
            return refused(InternalErrorCode.TASK_INPUT_ERROR, e);
        }
        try {
            return execute(input);
        } finally {
            calmly("cleanup", task.hooks().cleanup());
            context.metadata().flush();
        }
    }

    /** Runs the task's {@code onCancel} hook, if the attempt came far enough to have a payload. */
    public void cancel() {
        if (hasInput) {
            calmly("onCancel", task.hooks().onCancel());
        }
    }

    private AttemptOutcome execute(@Nullable Object payload) {
        Object result;
        try {
            TaskHooks.Hook<@Nullable Object> onStart = task.hooks().onStart();
            if (onStart != null && context.attempt().number() == 1) {
                onStart.run(payload, context);
            }
            result = task.body().run(payload, context);
        } catch (Throwable e) { // whatever the task threw is its failure, errors of the JVM included
            return failed(e);
        }
        return succeeded(result);
    }

    private AttemptOutcome succeeded(@Nullable Object result) {
        String output;
        try {
            output = CODEC.encode(result);
            refuseTooLarge(output);
        } catch (PayloadException | StackOverflowError e) {
            AttemptOutcome outcome = refused(InternalErrorCode.TASK_OUTPUT_ERROR, e);
            ended(e);
            return outcome;
        }
        TaskHooks.SuccessHook<@Nullable Object, @Nullable Object> onSuccess =
                task.hooks().onSuccess();
        if (onSuccess != null && !context.isCanceled()) {
            calmly("onSuccess", (payload, unused) -> onSuccess.run(payload, result, context));
        }
        if (!context.isCanceled()) {
            calmly("onComplete", task.hooks().onComplete());
        }
        return new AttemptOutcome.Succeeded(output);
    }

    private AttemptOutcome failed(Throwable error) {
        if (error instanceof OutOfMemoryError) {
            String message = "The task ran out of memory: " + StackText.message(error);
            return new AttemptOutcome.Failed(
                    new TaskRunError.Internal(InternalErrorCode.TASK_PROCESS_OOM_KILLED, message, StackText.of(error)),
                    null,
                    false);
        }
        if (error instanceof ConcurrentWaitException) {
            ended(error);
            return new AttemptOutcome.Failed(
                    new TaskRunError.Internal(
                            InternalErrorCode.TASK_DID_CONCURRENT_WAIT, StackText.message(error), StackText.of(error)),
                    null,
                    false);
        }
        boolean aborted = error instanceof AbortTaskRunException;
        Duration retryIn = aborted ? null : retryDelay();
        if (retryIn == null) {
            ended(error);
        }
        return new AttemptOutcome.Failed(StackText.toError(error), retryIn, aborted);
    }

    /** The run ends in failure: its hooks run, unless the attempt was stopped from outside. */
    private void ended(Throwable error) {
        if (context.isCanceled()) {
            return;
        }
        TaskHooks.FailureHook<@Nullable Object> onFailure = task.hooks().onFailure();
        if (onFailure != null) {
            calmly("onFailure", (payload, unused) -> onFailure.run(payload, error, context));
        }
        calmly("onComplete", task.hooks().onComplete());
    }

    private @Nullable Duration retryDelay() {
        RetryOptions task = this.task.options().retry().toWire();
        Integer wanted = execution.run().maxAttempts();
        RetryOptions options = wanted == null
                ? task
                : new RetryOptions(
                        wanted,
                        task.factor(),
                        task.minTimeoutInMs(),
                        task.maxTimeoutInMs(),
                        task.randomize(),
                        task.outOfMemory());
        return options.delayAfter(execution.attempt().number(), random).orElse(null);
    }

    private @Nullable Object readInput() {
        Type type = task.inputType();
        Object value = CODEC.decode(execution.run().payload(), execution.run().payloadType(), type);
        if (value == null && type != Void.class && type != Object.class && type != JsonNode.class) {
            throw new PayloadException("the run has no payload, but the task expects " + type.getTypeName());
        }
        return value;
    }

    private static void refuseTooLarge(@Nullable String output) {
        int bytes = output == null ? 0 : output.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST_OUTPUT) {
            throw new PayloadException(
                    "the output has %,d bytes as JSON; at most %,d may be returned. Store it elsewhere and return its address"
                            .formatted(bytes, LARGEST_OUTPUT));
        }
    }

    /** Neither a payload nor an output gets better by another attempt, so these are not repeated. */
    private AttemptOutcome refused(InternalErrorCode code, Throwable cause) {
        String what = code == InternalErrorCode.TASK_INPUT_ERROR
                ? "The payload does not fit the task's input: "
                : "The task's output cannot be returned: ";
        String message = what + (cause instanceof StackOverflowError ? "it contains itself" : StackText.message(cause));
        return new AttemptOutcome.Failed(new TaskRunError.Internal(code, message, StackText.of(cause)), null, false);
    }

    /** Runs a hook whose failure must not change the attempt's result. */
    private void calmly(String name, TaskHooks.@Nullable Hook<@Nullable Object> hook) {
        if (hook == null) {
            return;
        }
        // The interrupt that stopped the body must not break the hook's own blocking calls.
        boolean interrupted = Thread.interrupted();
        try {
            hook.run(input, context);
        } catch (Throwable e) { // a hook that fails is a line in the log, never the run's result
            context.logger().error("The " + name + " hook failed", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
