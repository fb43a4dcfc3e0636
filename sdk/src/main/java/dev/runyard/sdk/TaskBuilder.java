package dev.runyard.sdk;

import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.sdk.TaskHooks.CatchHook;
import dev.runyard.sdk.TaskHooks.FailureHook;
import dev.runyard.sdk.TaskHooks.Hook;
import dev.runyard.sdk.TaskHooks.Middleware;
import dev.runyard.sdk.TaskHooks.SuccessHook;
import dev.runyard.sdk.schema.PayloadSchema;
import java.lang.reflect.Type;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A task in the making; {@link #run} ends it. Not thread-safe. Name {@link #input} and {@link #output} before hooks,
 * which use their types.
 *
 * @param <I> the payload
 * @param <O> the output
 */
public final class TaskBuilder<I extends @Nullable Object, O extends @Nullable Object> {
    final String id;
    Type inputType = Void.class;
    Type outputType = Void.class;
    private @Nullable String description;
    private @Nullable Retry retry;
    private @Nullable TaskQueue queue;
    private @Nullable MachinePreset machine;
    private @Nullable Duration maxDuration;
    private @Nullable Duration ttl;
    private boolean scheduled;
    private @Nullable Cron cron;
    private @Nullable PayloadSchema schema;
    private boolean validated;
    private TaskHooks<I, O> hooks = TaskHooks.none();
    private boolean hasHooks;

    TaskBuilder(String id) {
        this.id = id;
    }

    /** Says what a payload is read as: a record, or any class that Jackson can read. */
    public <T> TaskBuilder<T, O> input(Class<T> type) {
        return withInput(type);
    }

    /** Says what a payload is read as, where the type has parameters. */
    public <T> TaskBuilder<T, O> input(TypeReference<T> type) {
        return withInput(type.type());
    }

    /** Says what the output is, for typed callers. */
    public <T> TaskBuilder<I, T> output(Class<T> type) {
        return withOutput(type);
    }

    /** Says what the output is, where the type has parameters. */
    public <T> TaskBuilder<I, T> output(TypeReference<T> type) {
        return withOutput(type.type());
    }

    /** Describes the task in one sentence for the dashboard. */
    public TaskBuilder<I, O> description(String text) {
        description = text;
        return this;
    }

    /** Says how failed attempts are repeated; as the project says where this is not called. */
    public TaskBuilder<I, O> retry(Retry newRetry) {
        retry = newRetry;
        return this;
    }

    /** Puts the task on a shared queue, or limits its own. */
    public TaskBuilder<I, O> queue(TaskQueue newQueue) {
        queue = newQueue;
        return this;
    }

    /** Says what size of machine the task needs; {@code small-1x} where this is not called. */
    public TaskBuilder<I, O> machine(MachinePreset newMachine) {
        machine = newMachine;
        return this;
    }

    /** Limits how long an attempt may execute without its waits, at least 5 seconds. */
    public TaskBuilder<I, O> maxDuration(Duration longest) {
        maxDuration = longest;
        options();
        return this;
    }

    /** Lets runs expire that were not started in this time. */
    public TaskBuilder<I, O> ttl(Duration newTtl) {
        ttl = newTtl;
        options();
        return this;
    }

    /**
     * Validates payloads, and outputs where they are records with rules, by the annotations of Jakarta Validation on
     * their types. What breaks a rule fails the run without a retry. The rules are published with the task.
     */
    public TaskBuilder<I, O> validated() {
        validated = true;
        return this;
    }

    /** Validates payloads by a JSON Schema, which is published with the task. A payload that breaks it is not retried. */
    public TaskBuilder<I, O> schema(PayloadSchema newSchema) {
        schema = newSchema;
        return this;
    }

    /** Lets a scheduled task run by itself. */
    public TaskBuilder<I, O> cron(String pattern) {
        return cron(Cron.of(pattern));
    }

    /** Lets a scheduled task run by itself, in a time zone or in some environments. */
    public TaskBuilder<I, O> cron(Cron newCron) {
        if (!scheduled) {
            throw new IllegalStateException(
                    "task " + id + ": begin it with Task.scheduled(id), only such a task has a cron");
        }
        cron = newCron;
        return this;
    }

    /** Runs around the body and the hooks before it; it must go on once. */
    public TaskBuilder<I, O> middleware(Middleware<I> hook) {
        hasHooks = true;
        hooks = hooks.middleware(hook);
        return this;
    }

    /** Runs before each attempt: the place to open what the attempt needs. */
    public TaskBuilder<I, O> init(Hook<I> hook) {
        hasHooks = true;
        hooks = hooks.init(hook);
        return this;
    }

    /** Runs before the body of the first attempt; what it throws fails the attempt. */
    public TaskBuilder<I, O> onStart(Hook<I> hook) {
        hasHooks = true;
        hooks = hooks.onStart(hook);
        return this;
    }

    /** Runs before the body of each attempt; what it throws fails the attempt. */
    public TaskBuilder<I, O> onStartAttempt(Hook<I> hook) {
        hasHooks = true;
        hooks = hooks.onStartAttempt(hook);
        return this;
    }

    /** Runs after an attempt that succeeded. */
    public TaskBuilder<I, O> onSuccess(SuccessHook<I, O> hook) {
        hasHooks = true;
        hooks = hooks.onSuccess(hook);
        return this;
    }

    /** Decides what follows an attempt that failed. */
    public TaskBuilder<I, O> catchError(CatchHook<I> hook) {
        hasHooks = true;
        hooks = hooks.catchError(hook);
        return this;
    }

    /** Runs after an attempt that failed and will not be repeated. */
    public TaskBuilder<I, O> onFailure(FailureHook<I> hook) {
        hasHooks = true;
        hooks = hooks.onFailure(hook);
        return this;
    }

    /** Runs after {@code onSuccess} or {@code onFailure}. */
    public TaskBuilder<I, O> onComplete(Hook<I> hook) {
        hasHooks = true;
        hooks = hooks.onComplete(hook);
        return this;
    }

    /** Runs when the run is canceled while it executes; it has a few seconds. */
    public TaskBuilder<I, O> onCancel(Hook<I> hook) {
        hasHooks = true;
        hooks = hooks.onCancel(hook);
        return this;
    }

    /** Runs before the run waits. */
    public TaskBuilder<I, O> onWait(Hook<I> hook) {
        hasHooks = true;
        hooks = hooks.onWait(hook);
        return this;
    }

    /** Runs after the run waited. */
    public TaskBuilder<I, O> onResume(Hook<I> hook) {
        hasHooks = true;
        hooks = hooks.onResume(hook);
        return this;
    }

    /** Runs after every attempt, however it ended: the place to close what the attempt opened. */
    public TaskBuilder<I, O> cleanup(Hook<I> hook) {
        hasHooks = true;
        hooks = hooks.cleanup(hook);
        return this;
    }

    /** Ends the definition with the task's code. */
    public Task<I, O> run(TaskBody<I, O> body) {
        return new Task<>(this, body);
    }

    /** Ends the definition with code that returns nothing. */
    public Task<I, @Nullable Void> runWithoutOutput(TaskBody.WithoutOutput<I> body) {
        TaskBuilder<I, @Nullable Void> builder = cast();
        builder.outputType = Void.class;
        return new Task<>(builder, (input, context) -> {
            body.run(input, context);
            return null;
        });
    }

    TaskOptions options() {
        return new TaskOptions(
                description,
                retry,
                queue,
                machine,
                maxDuration,
                ttl,
                scheduled ? new TaskOptions.Schedule(cron) : null);
    }

    TaskHooks<I, O> hooks() {
        return hooks;
    }

    TaskSchemas schemas() {
        return TaskSchemas.of(this);
    }

    boolean isValidated() {
        return validated;
    }

    @Nullable
    PayloadSchema ownSchema() {
        return schema;
    }

    TaskBuilder<ScheduledRun, O> asScheduled() {
        scheduled = true;
        return withInput(ScheduledRun.class);
    }

    private <T> TaskBuilder<T, O> withInput(Type type) {
        refuseAfterHooks("input");
        inputType = type;
        return cast();
    }

    private <T> TaskBuilder<I, T> withOutput(Type type) {
        refuseAfterHooks("output");
        outputType = type;
        return cast();
    }

    private void refuseAfterHooks(String method) {
        if (hasHooks) {
            throw new IllegalStateException("task " + id + ": call " + method + "(...) before its hooks");
        }
    }

    /** The builder is one object whose type parameters are settled step by step, before anything depends on them. */
    @SuppressWarnings("unchecked")
    private <A extends @Nullable Object, B extends @Nullable Object> TaskBuilder<A, B> cast() {
        return (TaskBuilder<A, B>) this;
    }
}
