package dev.runyard.sdk.internal;

import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.schema.PayloadSchema;
import dev.runyard.sdk.serde.PayloadCodec;
import dev.runyard.sdk.serde.PayloadException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    private final AttemptHooks hooks;
    private final DecideRetry decideRetry;
    private volatile boolean hasInput;

    /**
     * @param task what to execute
     * @param project what all tasks of its project have in common
     * @param execution the attempt
     * @param context what its code sees
     * @param random source of the retry delay's jitter
     */
    @SuppressWarnings("unchecked") // values of the task's types are only made by the codec, from those very types
    public TaskAttempt(
            Task<?, ?> task,
            ProjectConfig project,
            TaskRunExecution execution,
            AttemptContext context,
            RandomGenerator random) {
        this.task = (Task<@Nullable Object, @Nullable Object>) task;
        this.execution = execution;
        this.context = context;
        context.logFrom(project.logLevel());
        this.hooks = new AttemptHooks(project.hooks(), this.task.hooks(), context);
        this.decideRetry = new DecideRetry(
                this.task.options(), project, execution, new DecideRetry.Chance(random, context.time()));
    }

    /** Executes the attempt. */
    public AttemptOutcome run() {
        try (CurrentSpan.Scope scope = CurrentSpan.enter(context.base())) {
            return runInSpan();
        }
    }

    private AttemptOutcome runInSpan() {
        try {
            hooks.take(readInput());
            hasInput = true;
        } catch (PayloadException e) {
            return refused(InternalErrorCode.TASK_INPUT_ERROR, e);
        }
        context.aroundWaits(hooks::beforeWait, hooks::afterWait);
        try {
            return execute();
        } finally {
            hooks.cleanup();
            context.metadata().flush();
        }
    }

    /** Runs the {@code onCancel} hooks, if the attempt came far enough to have a payload. */
    public void cancel() {
        if (hasInput) {
            hooks.cancel();
        }
    }

    private AttemptOutcome execute() {
        Object result;
        try {
            result = hooks.around(task.body());
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
            refuseViolations(task.schemas().output(), output);
        } catch (PayloadException | StackOverflowError e) {
            AttemptOutcome outcome = refused(InternalErrorCode.TASK_OUTPUT_ERROR, e);
            ended(e);
            return outcome;
        }
        if (!context.isCanceled()) {
            hooks.succeeded(result);
        }
        return new AttemptOutcome.Succeeded(output);
    }

    private AttemptOutcome failed(Throwable error) {
        AttemptOutcome.Failed outcome = decideRetry.after(error, hooks);
        if (outcome.retryIn() == null && !(error instanceof OutOfMemoryError)) {
            ended(error);
        }
        return outcome;
    }

    /** The run ends in failure: its hooks run, unless the attempt was stopped from outside. */
    private void ended(Throwable error) {
        if (!context.isCanceled()) {
            hooks.failed(error);
        }
    }

    private @Nullable Object readInput() {
        Type type = task.inputType();
        String payload = execution.run().payload();
        refuseViolations(
                task.schemas().payload(),
                CODEC.plainJson(payload, execution.run().payloadType()));
        Object value = CODEC.decode(payload, execution.run().payloadType(), type);
        if (value == null && type != Void.class && type != Object.class && type != JsonNode.class) {
            throw new PayloadException("the run has no payload, but the task expects " + type.getTypeName());
        }
        return value;
    }

    private static void refuseViolations(@Nullable PayloadSchema schema, @Nullable String json) {
        List<String> violations = schema == null ? List.of() : schema.violations(json);
        if (!violations.isEmpty()) {
            throw new PayloadException(String.join("; ", violations));
        }
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
}
