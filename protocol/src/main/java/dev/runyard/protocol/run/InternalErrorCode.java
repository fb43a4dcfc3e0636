package dev.runyard.protocol.run;

/**
 * Why the platform, not the task's own code, ended an attempt. The list is closed: the official client refuses others.
 *
 * <p>Each code says with which status a run ends and what may be retried (worker specification, 3.5).
 */
public enum InternalErrorCode {
    COULD_NOT_FIND_EXECUTOR(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    COULD_NOT_FIND_TASK(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    COULD_NOT_IMPORT_TASK(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    CONFIGURED_INCORRECTLY(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    TASK_ALREADY_RUNNING(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    TASK_EXECUTION_FAILED(RunStatus.SYSTEM_FAILURE, Retry.AS_REPORTED),
    TASK_EXECUTION_ABORTED(RunStatus.SYSTEM_FAILURE, Retry.AS_REPORTED),
    TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE(RunStatus.CRASHED, Retry.AS_CONFIGURED),
    TASK_PROCESS_SIGKILL_TIMEOUT(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    TASK_PROCESS_SIGSEGV(RunStatus.CRASHED, Retry.AS_CONFIGURED),
    TASK_PROCESS_SIGTERM(RunStatus.SYSTEM_FAILURE, Retry.AS_CONFIGURED),
    TASK_PROCESS_OOM_KILLED(RunStatus.CRASHED, Retry.ON_LARGER_MACHINE),
    TASK_PROCESS_MAYBE_OOM_KILLED(RunStatus.CRASHED, Retry.ON_LARGER_MACHINE),
    TASK_RUN_CANCELLED(RunStatus.CANCELED, Retry.NEVER),
    TASK_INPUT_ERROR(RunStatus.COMPLETED_WITH_ERRORS, Retry.AS_REPORTED),
    TASK_OUTPUT_ERROR(RunStatus.COMPLETED_WITH_ERRORS, Retry.AS_REPORTED),
    TASK_MIDDLEWARE_ERROR(RunStatus.COMPLETED_WITH_ERRORS, Retry.AS_CONFIGURED),
    HANDLE_ERROR_ERROR(RunStatus.CRASHED, Retry.AS_REPORTED),
    GRACEFUL_EXIT_TIMEOUT(RunStatus.SYSTEM_FAILURE, Retry.AS_REPORTED),
    TASK_RUN_HEARTBEAT_TIMEOUT(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    TASK_RUN_CRASHED(RunStatus.CRASHED, Retry.AS_REPORTED),
    TASK_RUN_UNCAUGHT_EXCEPTION(RunStatus.COMPLETED_WITH_ERRORS, Retry.AS_CONFIGURED),
    MAX_DURATION_EXCEEDED(RunStatus.TIMED_OUT, Retry.NEVER),
    DISK_SPACE_EXCEEDED(RunStatus.CRASHED, Retry.NEVER),
    POD_EVICTED(RunStatus.SYSTEM_FAILURE, Retry.AS_REPORTED),
    POD_UNKNOWN_ERROR(RunStatus.SYSTEM_FAILURE, Retry.AS_REPORTED),
    TASK_HAS_N0_EXECUTION_SNAPSHOT(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    TASK_DEQUEUED_INVALID_STATE(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    TASK_DEQUEUED_QUEUE_NOT_FOUND(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    TASK_RUN_DEQUEUED_MAX_RETRIES(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    TASK_RUN_STALLED_EXECUTING(RunStatus.COMPLETED_WITH_ERRORS, Retry.AS_REPORTED),
    TASK_RUN_STALLED_EXECUTING_WITH_WAITPOINTS(RunStatus.COMPLETED_WITH_ERRORS, Retry.AS_REPORTED),
    OUTDATED_SDK_VERSION(RunStatus.CRASHED, Retry.NEVER),
    TASK_DID_CONCURRENT_WAIT(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    RECURSIVE_WAIT_DEADLOCK(RunStatus.COMPLETED_WITH_ERRORS, Retry.NEVER),
    BATCH_ITEM_COULD_NOT_TRIGGER(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    PAYLOAD_TOO_LARGE(RunStatus.SYSTEM_FAILURE, Retry.NEVER),
    UNSPECIFIED_ERROR(RunStatus.SYSTEM_FAILURE, Retry.NEVER);

    /** What an attempt that ended with a code may hope for. */
    public enum Retry {
        /** The run ends. */
        NEVER,
        /** The worker lived to compute the delay and sent it. */
        AS_REPORTED,
        /** The process is gone; the server computes the delay from the run's locked retry settings. */
        AS_CONFIGURED,
        /** Only where the task names a larger machine for out-of-memory kills. */
        ON_LARGER_MACHINE
    }

    private final RunStatus runStatus;
    private final Retry retry;

    InternalErrorCode(RunStatus runStatus, Retry retry) {
        this.runStatus = runStatus;
        this.retry = retry;
    }

    /** Returns the status of a run whose last attempt ended with this code, outside development environments. */
    public RunStatus runStatus() {
        return runStatus;
    }

    /** Returns what may be retried. */
    public Retry retry() {
        return retry;
    }
}
