package dev.runyard.protocol.run;

/** Where a run stands inside the engine. Workers act on this status, users see {@link RunStatus}. */
public enum ExecutionStatus {
    RUN_CREATED,
    DELAYED,
    QUEUED,
    QUEUED_EXECUTING,
    PENDING_EXECUTING,
    EXECUTING,
    EXECUTING_WITH_WAITPOINTS,
    SUSPENDED,
    PENDING_CANCEL,
    FINISHED
}
