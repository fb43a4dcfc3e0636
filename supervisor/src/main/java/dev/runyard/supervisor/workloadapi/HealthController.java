package dev.runyard.supervisor.workloadapi;

import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.drain.Drain;
import dev.runyard.supervisor.workload.WorkloadSelection;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Says that the workload API is served, and what runs tasks here.
@RestController
final class HealthController {
    private final WorkloadSelection selection;
    private final Capacity capacity;
    private final Drain drain;

    HealthController(WorkloadSelection selection, Capacity capacity, Drain drain) {
        this.selection = selection;
        this.capacity = capacity;
        this.drain = drain;
    }

    /// What `/health` answers.
    ///
    /// @param status always `ok`
    /// @param workloadManager what runs tasks
    /// @param reason why that
    /// @param runs workloads that run
    /// @param slots most workloads at a time
    /// @param drain whether new runs are taken, and what is left where not
    record Health(String status, String workloadManager, String reason, int runs, int slots, DrainHealth drain) {}

    /// @param state `off`, `beginning` or `on`
    /// @param runs runs that have workloads here or are about to get one
    /// @param stored waiting runs whose processes are stored here
    record DrainHealth(String state, int runs, int stored) {}

    @GetMapping("/health")
    Health health() {
        Drain.Progress progress = drain.progress();
        return new Health(
                "ok",
                selection.manager().kind().wireName(),
                selection.reason(),
                capacity.usage().runs(),
                capacity.total().slots(),
                new DrainHealth(progress.state().wireName(), progress.runs(), progress.stored()));
    }
}
