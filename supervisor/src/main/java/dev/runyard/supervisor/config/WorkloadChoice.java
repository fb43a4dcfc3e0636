package dev.runyard.supervisor.config;

/// Which workload manager to use.
public enum WorkloadChoice {
    /// Containers where a Docker engine answers, processes elsewhere.
    AUTO,
    DOCKER,
    KUBERNETES,
    PROCESS
}
