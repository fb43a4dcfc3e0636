package dev.runyard.supervisor.testing;

import dev.runyard.supervisor.workload.ExitListener;
import dev.runyard.supervisor.workload.WorkloadExit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers the ends of workloads.
public final class RecordedExits implements ExitListener {
    private final Map<String, List<WorkloadExit>> exits = new ConcurrentHashMap<>();

    @Override
    public void exited(String runner, WorkloadExit exit) {
        exits.computeIfAbsent(runner, _ -> new CopyOnWriteArrayList<>()).add(exit);
    }

    /// Returns all ends that were told of a workload; more than one is an error of the manager.
    public List<WorkloadExit> of(String runner) {
        return List.copyOf(exits.getOrDefault(runner, List.of()));
    }
}
