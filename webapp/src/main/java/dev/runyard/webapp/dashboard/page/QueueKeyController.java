package dev.runyard.webapp.dashboard.page;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.gate.QueueView;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.dashboard.DashboardRuns;
import dev.runyard.webapp.dashboard.NotFound;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The concurrency keys that divide a queue, the fullest first. The name is a parameter because it holds slashes.
@RestController
@Permit(to = Credential.SESSION)
class QueueKeyController {
    private static final int MOST = 100;

    private final RunEngine engine;
    private final DashboardRuns runs;

    QueueKeyController(RunEngine engine, DashboardRuns runs) {
        this.engine = engine;
        this.runs = runs;
    }

    record KeyList(List<QueueView.Key> data) {}

    @GetMapping("/api/dashboard/v1/environments/{environment}/queue-keys")
    KeyList list(@PathVariable String environment, @RequestParam String queue) {
        EnvironmentId id = runs.environment(environment);
        if (engine.queues().find(id, queue).isEmpty()) {
            throw new NotFound("queue");
        }
        return new KeyList(engine.queues().keys(id, queue, MOST));
    }
}
