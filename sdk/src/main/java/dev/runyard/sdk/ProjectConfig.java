package dev.runyard.sdk;

import dev.runyard.protocol.run.MachinePreset;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What all tasks of a project have in common. Immutable; every method returns a changed copy. What a task says itself
 * comes first; hooks of the project run before the task's own.
 *
 * @param defaultRetry how failed attempts are repeated
 * @param retriesInDevelopment whether failed attempts are repeated in development at all
 * @param defaultMachine the size that tasks need
 * @param defaultMaxDuration longest execution of an attempt
 * @param logLevel the least level that is written to the run's log
 * @param hooks code around every task
 */
public record ProjectConfig(
        @Nullable Retry defaultRetry,
        boolean retriesInDevelopment,
        @Nullable MachinePreset defaultMachine,
        @Nullable Duration defaultMaxDuration,
        LogLevel logLevel,
        TaskHooks<@Nullable Object, @Nullable Object> hooks) {

    /** A project that says nothing. */
    public static final ProjectConfig EMPTY =
            new ProjectConfig(null, true, null, null, LogLevel.TRACE, TaskHooks.none());

    /** Begins with nothing said. */
    public static ProjectConfig create() {
        return EMPTY;
    }

    /** Repeats failed attempts like this. */
    public ProjectConfig defaultRetry(Retry retry) {
        return new ProjectConfig(retry, retriesInDevelopment, defaultMachine, defaultMaxDuration, logLevel, hooks);
    }

    /** Lets runs of development environments fail at once. */
    public ProjectConfig withoutRetriesInDevelopment() {
        return new ProjectConfig(defaultRetry, false, defaultMachine, defaultMaxDuration, logLevel, hooks);
    }

    /** Runs tasks on this size. */
    public ProjectConfig defaultMachine(MachinePreset machine) {
        return new ProjectConfig(defaultRetry, retriesInDevelopment, machine, defaultMaxDuration, logLevel, hooks);
    }

    /** Limits attempts. */
    public ProjectConfig defaultMaxDuration(Duration longest) {
        return new ProjectConfig(defaultRetry, retriesInDevelopment, defaultMachine, longest, logLevel, hooks);
    }

    /** Leaves lines below this level out of the runs' logs. */
    public ProjectConfig logLevel(LogLevel level) {
        return new ProjectConfig(defaultRetry, retriesInDevelopment, defaultMachine, defaultMaxDuration, level, hooks);
    }

    /** Runs around every body. */
    public ProjectConfig middleware(TaskHooks.Middleware<@Nullable Object> hook) {
        return new ProjectConfig(
                defaultRetry,
                retriesInDevelopment,
                defaultMachine,
                defaultMaxDuration,
                logLevel,
                hooks.middleware(hook));
    }

    /** Runs before every attempt. */
    public ProjectConfig init(TaskHooks.Hook<@Nullable Object> hook) {
        return new ProjectConfig(
                defaultRetry, retriesInDevelopment, defaultMachine, defaultMaxDuration, logLevel, hooks.init(hook));
    }

    /** Runs before the first attempt of every run. */
    public ProjectConfig onStart(TaskHooks.Hook<@Nullable Object> hook) {
        return new ProjectConfig(
                defaultRetry, retriesInDevelopment, defaultMachine, defaultMaxDuration, logLevel, hooks.onStart(hook));
    }

    /** Runs before every attempt's body. */
    public ProjectConfig onStartAttempt(TaskHooks.Hook<@Nullable Object> hook) {
        return new ProjectConfig(
                defaultRetry,
                retriesInDevelopment,
                defaultMachine,
                defaultMaxDuration,
                logLevel,
                hooks.onStartAttempt(hook));
    }

    /** Runs after every success. */
    public ProjectConfig onSuccess(TaskHooks.SuccessHook<@Nullable Object, @Nullable Object> hook) {
        return new ProjectConfig(
                defaultRetry,
                retriesInDevelopment,
                defaultMachine,
                defaultMaxDuration,
                logLevel,
                hooks.onSuccess(hook));
    }

    /** Decides after failures of tasks that do not decide themselves. */
    public ProjectConfig catchError(TaskHooks.CatchHook<@Nullable Object> hook) {
        return new ProjectConfig(
                defaultRetry,
                retriesInDevelopment,
                defaultMachine,
                defaultMaxDuration,
                logLevel,
                hooks.catchError(hook));
    }

    /** Runs after every run that failed. */
    public ProjectConfig onFailure(TaskHooks.FailureHook<@Nullable Object> hook) {
        return new ProjectConfig(
                defaultRetry,
                retriesInDevelopment,
                defaultMachine,
                defaultMaxDuration,
                logLevel,
                hooks.onFailure(hook));
    }

    /** Runs after every run that ended. */
    public ProjectConfig onComplete(TaskHooks.Hook<@Nullable Object> hook) {
        return new ProjectConfig(
                defaultRetry,
                retriesInDevelopment,
                defaultMachine,
                defaultMaxDuration,
                logLevel,
                hooks.onComplete(hook));
    }

    /** Runs when a run is canceled while it executes. */
    public ProjectConfig onCancel(TaskHooks.Hook<@Nullable Object> hook) {
        return new ProjectConfig(
                defaultRetry, retriesInDevelopment, defaultMachine, defaultMaxDuration, logLevel, hooks.onCancel(hook));
    }

    /** Runs before every wait. */
    public ProjectConfig onWait(TaskHooks.Hook<@Nullable Object> hook) {
        return new ProjectConfig(
                defaultRetry, retriesInDevelopment, defaultMachine, defaultMaxDuration, logLevel, hooks.onWait(hook));
    }

    /** Runs after every wait. */
    public ProjectConfig onResume(TaskHooks.Hook<@Nullable Object> hook) {
        return new ProjectConfig(
                defaultRetry, retriesInDevelopment, defaultMachine, defaultMaxDuration, logLevel, hooks.onResume(hook));
    }

    /** Runs after every attempt. */
    public ProjectConfig cleanup(TaskHooks.Hook<@Nullable Object> hook) {
        return new ProjectConfig(
                defaultRetry, retriesInDevelopment, defaultMachine, defaultMaxDuration, logLevel, hooks.cleanup(hook));
    }
}
