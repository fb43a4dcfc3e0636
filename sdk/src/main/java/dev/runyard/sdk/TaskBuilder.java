package dev.runyard.sdk;

import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.sdk.TaskHooks.FailureHook;
import dev.runyard.sdk.TaskHooks.Hook;
import dev.runyard.sdk.TaskHooks.SuccessHook;
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
    TaskOptions options = TaskOptions.DEFAULT;
    TaskHooks<I, O> hooks = new TaskHooks<>(null, null, null, null, null, null);
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
        options = new TaskOptions(
                text, options.retry(), options.queue(), options.machine(), options.maxDuration(), options.ttl());
        return this;
    }

    /** Says how failed attempts are repeated; {@link Retry#DEFAULT} where this is not called. */
    public TaskBuilder<I, O> retry(Retry retry) {
        options = new TaskOptions(
                options.description(), retry, options.queue(), options.machine(), options.maxDuration(), options.ttl());
        return this;
    }

    /** Puts the task on a shared queue, or limits its own. */
    public TaskBuilder<I, O> queue(TaskQueue queue) {
        options = new TaskOptions(
                options.description(), options.retry(), queue, options.machine(), options.maxDuration(), options.ttl());
        return this;
    }

    /** Says what size of machine the task needs; {@code small-1x} where this is not called. */
    public TaskBuilder<I, O> machine(MachinePreset machine) {
        options = new TaskOptions(
                options.description(), options.retry(), options.queue(), machine, options.maxDuration(), options.ttl());
        return this;
    }

    /** Limits how long an attempt may execute, at least 5 seconds. */
    public TaskBuilder<I, O> maxDuration(Duration longest) {
        options = new TaskOptions(
                options.description(), options.retry(), options.queue(), options.machine(), longest, options.ttl());
        return this;
    }

    /** Lets runs expire that were not started in this time. */
    public TaskBuilder<I, O> ttl(Duration ttl) {
        options = new TaskOptions(
                options.description(), options.retry(), options.queue(), options.machine(), options.maxDuration(), ttl);
        return this;
    }

    /** Runs before the body of the first attempt; what it throws fails the attempt. */
    public TaskBuilder<I, O> onStart(Hook<I> hook) {
        return withHooks(new TaskHooks<>(
                hook, hooks.onSuccess(), hooks.onFailure(), hooks.onComplete(), hooks.onCancel(), hooks.cleanup()));
    }

    /** Runs after an attempt that succeeded. */
    public TaskBuilder<I, O> onSuccess(SuccessHook<I, O> hook) {
        return withHooks(new TaskHooks<>(
                hooks.onStart(), hook, hooks.onFailure(), hooks.onComplete(), hooks.onCancel(), hooks.cleanup()));
    }

    /** Runs after an attempt that failed and will not be repeated. */
    public TaskBuilder<I, O> onFailure(FailureHook<I> hook) {
        return withHooks(new TaskHooks<>(
                hooks.onStart(), hooks.onSuccess(), hook, hooks.onComplete(), hooks.onCancel(), hooks.cleanup()));
    }

    /** Runs after {@code onSuccess} or {@code onFailure}. */
    public TaskBuilder<I, O> onComplete(Hook<I> hook) {
        return withHooks(new TaskHooks<>(
                hooks.onStart(), hooks.onSuccess(), hooks.onFailure(), hook, hooks.onCancel(), hooks.cleanup()));
    }

    /** Runs when the run is canceled while it executes; it has a few seconds. */
    public TaskBuilder<I, O> onCancel(Hook<I> hook) {
        return withHooks(new TaskHooks<>(
                hooks.onStart(), hooks.onSuccess(), hooks.onFailure(), hooks.onComplete(), hook, hooks.cleanup()));
    }

    /** Runs after every attempt, however it ended: the place to close what the attempt opened. */
    public TaskBuilder<I, O> cleanup(Hook<I> hook) {
        return withHooks(new TaskHooks<>(
                hooks.onStart(), hooks.onSuccess(), hooks.onFailure(), hooks.onComplete(), hooks.onCancel(), hook));
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

    private TaskBuilder<I, O> withHooks(TaskHooks<I, O> newHooks) {
        hooks = newHooks;
        hasHooks = true;
        return this;
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
