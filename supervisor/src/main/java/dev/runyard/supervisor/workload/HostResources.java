package dev.runyard.supervisor.workload;

/// What a workload manager may hand out.
///
/// @param slots most workloads at a time
/// @param cpu virtual CPUs
/// @param memoryGb memory in GiB
public record HostResources(int slots, double cpu, double memoryGb) {

    /// Returns what an operator wants instead of the computed number of workloads, or the same where 0.
    ///
    /// Processors are then no bound any more: a limit on their use is not a promise of them. Memory stays one.
    public HostResources withSlots(int wanted) {
        return wanted == 0 ? this : new HostResources(wanted, Double.MAX_VALUE, memoryGb);
    }
}
