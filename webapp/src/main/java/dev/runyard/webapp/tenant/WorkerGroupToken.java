package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// The hash of a token that a worker group's supervisors may use.
@Entity
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class WorkerGroupToken {
    @Id
    private byte[] tokenHash;

    private UUID workerGroupId;
    private Instant createdAt;

    protected WorkerGroupToken() {}

    WorkerGroupToken(byte[] tokenHash, UUID workerGroupId, Instant createdAt) {
        this.tokenHash = tokenHash;
        this.workerGroupId = workerGroupId;
        this.createdAt = createdAt;
    }

    UUID workerGroupId() {
        return workerGroupId;
    }
}
