package dev.runyard.webapp.deployment;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// Which deployment runs without a pinned version get.
@Entity
@Table(name = "current_deployment")
class CurrentDeployment {
    @Id
    private UUID environmentId;

    private UUID deploymentId;
    private UUID backgroundWorkerId;
    private Instant promotedAt;

    @SuppressWarnings("NullAway.Init")
    protected CurrentDeployment() {}

    UUID environmentId() {
        return environmentId;
    }

    UUID deploymentId() {
        return deploymentId;
    }

    UUID backgroundWorkerId() {
        return backgroundWorkerId;
    }

    Instant promotedAt() {
        return promotedAt;
    }
}
