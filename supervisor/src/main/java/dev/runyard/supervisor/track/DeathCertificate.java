package dev.runyard.supervisor.track;

import static dev.runyard.protocol.run.InternalErrorCode.COULD_NOT_FIND_EXECUTOR;
import static dev.runyard.protocol.run.InternalErrorCode.TASK_EXECUTION_ABORTED;
import static dev.runyard.protocol.run.InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE;
import static dev.runyard.protocol.run.InternalErrorCode.TASK_PROCESS_OOM_KILLED;
import static dev.runyard.protocol.run.InternalErrorCode.TASK_PROCESS_SIGSEGV;
import static dev.runyard.protocol.run.InternalErrorCode.TASK_PROCESS_SIGTERM;
import static dev.runyard.protocol.run.InternalErrorCode.TASK_RUN_CANCELLED;
import static dev.runyard.protocol.run.InternalErrorCode.TASK_RUN_CRASHED;

import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.supervisor.workload.WorkloadExit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// States why a workload died, in the words of the worker contract.
///
/// @param error the cause, with the workload's last words as its stack
/// @param isRetryAsked whether the cause lies with us, so that another try is due at once
record DeathCertificate(TaskRunError.Internal error, boolean isRetryAsked) {
    private static final Duration RETRY_DELAY = Duration.ofMillis(250);

    /// With this exit code a runner says that it gave its run up. That is no fault of the task.
    private static final int LEASE_LOST = 75;

    private static final int SIGKILL = 9;
    private static final int SIGSEGV = 11;
    private static final int SIGTERM = 15;
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"),
            Map.entry(SIGKILL, "SIGKILL"),
            Map.entry(SIGSEGV, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(SIGTERM, "SIGTERM"));

    static DeathCertificate of(WorkloadExit exit, MachinePreset machine) {
        return switch (exit) {
            case WorkloadExit.OutOfMemory dead ->
                certificate(
                        TASK_PROCESS_OOM_KILLED,
                        "The task's process ran out of memory: machine %s allows %s."
                                .formatted(machine, limit(machine)),
                        dead);
            case WorkloadExit.Signaled dead -> ofSignal(dead);
            case WorkloadExit.Exited dead
            when dead.code() == 0 ->
                certificate(
                        TASK_EXECUTION_ABORTED,
                        "The task's process ended with exit code 0 before the task had returned.",
                        dead);
            case WorkloadExit.Exited dead
            when dead.code() == LEASE_LOST ->
                new DeathCertificate(
                        TaskRunError.Internal.of(
                                TASK_RUN_CRASHED,
                                "The task's process could not reach the server for so long that it stopped itself."),
                        true);
            case WorkloadExit.Exited dead ->
                certificate(
                        TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE,
                        "The task's process ended with exit code " + dead.code() + ".",
                        dead);
            case WorkloadExit.NotExecutable dead ->
                certificate(
                        COULD_NOT_FIND_EXECUTOR,
                        "The version's image has nothing to execute: its entry point does not exist or is not executable.",
                        dead);
            case WorkloadExit.Vanished dead ->
                new DeathCertificate(TaskRunError.Internal.of(TASK_RUN_CRASHED, dead.detail()), true);
        };
    }

    /// States that a run which was asked to cancel is gone.
    static DeathCertificate canceled() {
        return new DeathCertificate(
                TaskRunError.Internal.of(TASK_RUN_CANCELLED, "The run was canceled and its process has ended."), false);
    }

    /// States that no workload could be started.
    static DeathCertificate neverStarted(InternalErrorCode code, String reason, boolean isRetryAsked) {
        return new DeathCertificate(TaskRunError.Internal.of(code, reason), isRetryAsked);
    }

    Completion completion(TrackedRun run, Instant now) {
        Completion.Retry retry = isRetryAsked
                ? new Completion.Retry(now.plus(RETRY_DELAY).toEpochMilli(), RETRY_DELAY.toMillis())
                : null;
        return Completion.failure(run.run().toString(), error, retry, duration(run.attemptStartedAt(), now));
    }

    private static DeathCertificate ofSignal(WorkloadExit.Signaled dead) {
        int code = WorkloadExit.SIGNAL_BASE + dead.signal();
        String name = NAMES.getOrDefault(dead.signal(), "signal " + dead.signal());
        return switch (dead.signal()) {
            case SIGSEGV ->
                certificate(
                        TASK_PROCESS_SIGSEGV, "The task's process crashed with %s (%d).".formatted(name, code), dead);
            case SIGTERM ->
                certificate(
                        TASK_PROCESS_SIGTERM, "The task's process was ended by %s (%d).".formatted(name, code), dead);
            case SIGKILL ->
                certificate(
                        TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE,
                        "The task's process was killed with %s (%d), and not for its use of memory."
                                .formatted(name, code),
                        dead);
            default ->
                certificate(
                        TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE,
                        "The task's process was ended by %s (%d).".formatted(name, code),
                        dead);
        };
    }

    private static DeathCertificate certificate(InternalErrorCode code, String message, WorkloadExit exit) {
        String lastWords = exit.output().isBlank() ? null : exit.output();
        return new DeathCertificate(new TaskRunError.Internal(code, message, lastWords), false);
    }

    private static String limit(MachinePreset machine) {
        double mebibytes = machine.memoryGb() * 1024;
        return mebibytes < 1024 ? "%.0f MiB".formatted(mebibytes) : "%.0f GiB".formatted(machine.memoryGb());
    }

    private static long duration(@Nullable Instant from, Instant to) {
        return from == null ? 0 : Math.max(0, Duration.between(from, to).toMillis());
    }
}
