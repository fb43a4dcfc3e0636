package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A token that a worker group's supervisors may use: its hash, and how it ends.
@Entity
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class WorkerGroupToken {
    @Id
    private byte[] tokenHash;

    private UUID id;
    private UUID workerGroupId;
    private String lastFour;
    private Instant createdAt;

    protected WorkerGroupToken() {}

    WorkerGroupToken(UUID id, UUID workerGroupId, String token, Instant createdAt) {
        this.id = id;
        this.tokenHash = Hashes.sha256(token);
        this.workerGroupId = workerGroupId;
        this.lastFour = token.substring(token.length() - 4);
        this.createdAt = createdAt;
    }

    UUID id() {
        return id;
    }

    String lastFour() {
        return lastFour;
    }

    Instant createdAt() {
        return createdAt;
    }

    UUID workerGroupId() {
        return workerGroupId;
    }
}
