package dev.runyard.supervisor.config;

/// What happens to running workloads when the supervisor is stopped.
public enum ShutdownPolicy {
    /// They go on; the next supervisor with the same state folder takes them over.
    LEAVE,
    /// They are stopped and their runs end as terminated, for a server that goes down as a whole.
    STOP
}
