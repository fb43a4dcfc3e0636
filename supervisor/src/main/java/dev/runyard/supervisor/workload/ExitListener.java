package dev.runyard.supervisor.workload;

/// Is told of the end of each watched workload, once.
@FunctionalInterface
public interface ExitListener {
    void exited(String runner, WorkloadExit exit);
}
