package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// Supervisors that share a token and take runs from the same worker queue.
@Entity
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class WorkerGroup {
    @Id
    private UUID id;

    private UUID organizationId;
    private String name;
    private String workerQueue;
    private Instant createdAt;

    protected WorkerGroup() {}

    /// A group of an organization, or of the installation, where that is null.
    WorkerGroup(UUID id, UUID organizationId, String name, String workerQueue, Instant createdAt) {
        this.id = id;
        this.organizationId = organizationId;
        this.name = name;
        this.workerQueue = workerQueue;
        this.createdAt = createdAt;
    }

    UUID id() {
        return id;
    }

    UUID organizationId() {
        return organizationId;
    }

    String name() {
        return name;
    }

    String workerQueue() {
        return workerQueue;
    }
}
