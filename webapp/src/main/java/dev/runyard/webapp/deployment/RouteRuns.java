package dev.runyard.webapp.deployment;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.tenant.ChooseWorkers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Leads the runs of an environment to those who can start its current version.
@Component
class RouteRuns {
    private final ChooseWorkers chooseWorkers;
    private final RunEngine engine;

    RouteRuns(ChooseWorkers chooseWorkers, RunEngine engine) {
        this.chooseWorkers = chooseWorkers;
        this.engine = engine;
    }

    /// @param image what the version is started from
    void route(EnvironmentId environment, @Nullable String image) {
        chooseWorkers.choose(environment, WorkerVersion.OWN_WORKERS.equals(image));
        engine.moveRuns(environment);
    }
}
