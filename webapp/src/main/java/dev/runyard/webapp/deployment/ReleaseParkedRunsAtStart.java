package dev.runyard.webapp.deployment;

import dev.runyard.engine.RunEngine;
import dev.runyard.protocol.id.EnvironmentId;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Makes up for a release of waiting runs that a crash cut off between the promotion and its end.
@Component
class ReleaseParkedRunsAtStart {
    private final CurrentDeploymentRepository current;
    private final RunEngine engine;

    ReleaseParkedRunsAtStart(CurrentDeploymentRepository current, RunEngine engine) {
        this.current = current;
        this.engine = engine;
    }

    @EventListener(ApplicationReadyEvent.class)
    void release() {
        current.findAll().forEach(pointer -> engine.releaseParkedRuns(new EnvironmentId(pointer.environmentId())));
    }
}
