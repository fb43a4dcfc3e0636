package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.EngineHealth;
import dev.runyard.engine.RunEngine;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.worker.Supervisor;
import dev.runyard.webapp.worker.Supervisors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Permit(to = Credential.SESSION)
class SystemController {
    private static final Duration SUPERVISOR_MEMORY = Duration.ofDays(1);

    private final RunEngine engine;
    private final Supervisors supervisors;
    private final ServerVersion version;

    SystemController(RunEngine engine, Supervisors supervisors, ServerVersion version) {
        this.engine = engine;
        this.supervisors = supervisors;
        this.version = version;
    }

    @GetMapping("/api/dashboard/v1/system")
    SystemResponse system() {
        return new SystemResponse(
                version.text(),
                new Queue(engine.health().queue()),
                supervisors.seenWithin(SUPERVISOR_MEMORY).stream()
                        .map(SupervisorItem::of)
                        .toList());
    }

    /// @param version of this server
    /// @param queue where claims come from
    /// @param supervisors those that called within a day, the last caller first
    record SystemResponse(String version, Queue queue, List<SupervisorItem> supervisors) {}

    /// @param source where claims come from
    record Queue(EngineHealth.Queue source) {}

    /// @param name its name
    /// @param workloadManager how it starts runs
    /// @param lastSeenAt its last call, to a few seconds
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SupervisorItem(String name, @Nullable String workloadManager, Instant lastSeenAt) {
        static SupervisorItem of(Supervisor supervisor) {
            return new SupervisorItem(supervisor.name(), supervisor.workloadManager(), supervisor.lastSeenAt());
        }
    }
}
