package dev.runyard.sdk.internal;

import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.AttemptStoppedException;
import dev.runyard.sdk.Local;
import dev.runyard.sdk.LogLevel;
import dev.runyard.sdk.TaskContext;
import dev.runyard.sdk.TaskLogger;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The context of one attempt, built from what the server sent. */
public final class AttemptContext implements TaskContext {
    private final TaskRunExecution execution;
    private final TaskLogger logger;
    private final Function<String, @Nullable String> variables;
    private final Map<Local<?>, Object> locals = new ConcurrentHashMap<>();
    private volatile @Nullable String stopReason;

    /**
     * @param execution what the server sent
     * @param logger takes the attempt's lines
     * @param variables looks up environment variables
     */
    public AttemptContext(TaskRunExecution execution, TaskLogger logger, Function<String, @Nullable String> variables) {
        this.execution = execution;
        this.logger = logger;
        this.variables = variables;
    }

    /** Tells the task that it is to stop; the first reason holds. */
    public void stop(String reason) {
        if (stopReason == null) {
            stopReason = reason;
        }
    }

    @Override
    public Run run() {
        TaskRunExecution.Run run = execution.run();
        return new Run(
                run.id().toString(),
                run.tags(),
                run.isTest(),
                run.isReplay(),
                run.createdAt(),
                run.startedAt(),
                run.idempotencyKey(),
                run.maxAttempts(),
                run.version(),
                Objects.requireNonNullElse(run.metadata(), Map.of()));
    }

    @Override
    public Attempt attempt() {
        return new Attempt(execution.attempt().number(), execution.attempt().startedAt());
    }

    @Override
    public String taskId() {
        return execution.task().id();
    }

    @Override
    public String queue() {
        return execution.queue().name();
    }

    @Override
    public Environment environment() {
        TaskRunExecution.Environment environment = execution.environment();
        return new Environment(environment.id(), environment.slug(), environment.type());
    }

    @Override
    public Project project() {
        return new Project(execution.project().ref(), execution.project().name());
    }

    @Override
    public MachinePreset machine() {
        return execution.machine().name();
    }

    @Override
    public TaskLogger logger() {
        return logger;
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.apply(name));
    }

    @Override
    public boolean isCanceled() {
        return stopReason != null;
    }

    @Override
    public void checkCanceled() {
        String reason = stopReason;
        if (reason != null) {
            throw new AttemptStoppedException(reason);
        }
    }

    @Override
    public void progress(long done, long total, String message) {
        logger.log(LogLevel.INFO, message, Map.of("progress.done", done, "progress.total", total));
    }

    @Override
    public void progress(long done, String message) {
        logger.log(LogLevel.INFO, message, Map.of("progress.done", done));
    }

    @Override
    public <T> void set(Local<T> local, T value) {
        locals.put(local, Objects.requireNonNull(value, local::toString));
    }

    @Override
    @SuppressWarnings("unchecked") // set() only pairs a local with a value of its own type
    public <T> Optional<T> get(Local<T> local) {
        return Optional.ofNullable((T) locals.get(local));
    }
}
