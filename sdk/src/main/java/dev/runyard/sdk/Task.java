package dev.runyard.sdk;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a task: immutable, thread-safe, kept in a static final field.
 *
 * <pre>{@code
 * public final class Greeting {
 *     public static final Task<Person, String> GREET = Task.define("greet")
 *             .input(Person.class)
 *             .output(String.class)
 *             .retry(Retry.exponential(3, Duration.ofSeconds(1)))
 *             .run((person, context) -> "Hello, " + person.name());
 * }
 * }</pre>
 *
 * <p>The runner finds the fields wherever they are; no list of tasks is kept. A task whose field is private is hidden
 * from other classes, and works.
 *
 * @param <I> the payload, read from JSON
 * @param <O> the output, written as JSON
 */
public final class Task<I extends @Nullable Object, O extends @Nullable Object> implements Triggerable<I, O> {
    private final String id;
    private final Type inputType;
    private final Type outputType;
    private final TaskOptions options;
    private final TaskHooks<I, O> hooks;
    private final TaskSchemas schemas;
    private final TaskBody<I, O> body;

    Task(TaskBuilder<I, O> builder, TaskBody<I, O> body) {
        this.id = builder.id;
        this.inputType = builder.inputType;
        this.outputType = builder.outputType;
        this.options = builder.options();
        this.hooks = builder.hooks();
        this.schemas = builder.schemas();
        this.body = body;
    }

    /**
     * Begins the definition of a task. Until the builder hears otherwise the task has neither payload nor output.
     *
     * @param id unique in its project, at most 128 characters; it is the name in the API and cannot change later
     *     without orphaning the task's history
     */
    public static TaskBuilder<@Nullable Void, @Nullable Void> define(String id) {
        return new TaskBuilder<>(TaskIds.check(id));
    }

    /**
     * Begins the definition of a task that schedules trigger, with what they say as its payload. It runs by itself where
     * it has a {@link TaskBuilder#cron}.
     *
     * <pre>{@code
     * static final Task<ScheduledRun, Report> DAILY = Task.scheduled("daily-report")
     *         .cron("0 9 * * *")
     *         .output(Report.class)
     *         .run((tick, context) -> Report.of(tick.timestamp()));
     * }</pre>
     */
    public static TaskBuilder<ScheduledRun, @Nullable Void> scheduled(String id) {
        return define(id).asScheduled();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Type inputType() {
        return inputType;
    }

    @Override
    public Type outputType() {
        return outputType;
    }

    /** Returns how it is to be run. */
    public TaskOptions options() {
        return options;
    }

    /** Returns the code around its body. */
    public TaskHooks<I, O> hooks() {
        return hooks;
    }

    /** Returns the rules that its payload and output must keep. */
    public TaskSchemas schemas() {
        return schemas;
    }

    /** Returns its code, for those who execute it: a runner, or a unit test of the body alone. */
    public TaskBody<I, O> body() {
        return body;
    }

    @Override
    public String toString() {
        return "Task[" + id + "]";
    }
}
