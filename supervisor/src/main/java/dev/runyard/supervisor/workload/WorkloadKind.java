package dev.runyard.supervisor.workload;

/// What a workload is. The wire name is what the supervisor tells the webapp and the operator.
public enum WorkloadKind {
    DOCKER,
    KUBERNETES,
    PROCESS;

    public String wireName() {
        return switch (this) {
            case DOCKER -> "docker";
            case KUBERNETES -> "kubernetes";
            case PROCESS -> "process";
        };
    }
}
