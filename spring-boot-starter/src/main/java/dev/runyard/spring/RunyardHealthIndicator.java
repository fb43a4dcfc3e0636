package dev.runyard.spring;

import dev.runyard.worker.WorkerStatus;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Is up while the worker is registered and the server answers it. */
final class RunyardHealthIndicator implements HealthIndicator {
    private final RunyardWorker worker;

    RunyardHealthIndicator(RunyardWorker worker) {
        this.worker = worker;
    }

    @Override
    public Health health() {
        WorkerStatus status = worker.status();
        Health.Builder health = (status.isWell() ? Health.up() : Health.down())
                .withDetail("state", status.state())
                .withDetail("running", status.running())
                .withDetail("waiting", status.waiting())
                .withDetail("concurrency", status.concurrency());
        if (status.version() != null) {
            health.withDetail("version", status.version());
        }
        if (status.problem() != null) {
            health.withDetail("problem", status.problem());
        }
        return health.build();
    }
}
