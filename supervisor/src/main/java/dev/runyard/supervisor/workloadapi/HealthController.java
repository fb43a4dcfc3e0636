package dev.runyard.supervisor.workloadapi;

import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.workload.WorkloadSelection;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Says that the workload API is served, and what runs tasks here.
@RestController
final class HealthController {
    private final WorkloadSelection selection;
    private final Capacity capacity;

    HealthController(WorkloadSelection selection, Capacity capacity) {
        this.selection = selection;
        this.capacity = capacity;
    }

    /// What `/health` answers.
    ///
    /// @param status always `ok`
    /// @param workloadManager what runs tasks
    /// @param reason why that
    /// @param runs workloads that run
    /// @param slots most workloads at a time
    record Health(String status, String workloadManager, String reason, int runs, int slots) {}

    @GetMapping("/health")
    Health health() {
        return new Health(
                "ok",
                selection.manager().kind().wireName(),
                selection.reason(),
                capacity.usage().runs(),
                capacity.total().slots());
    }
}
