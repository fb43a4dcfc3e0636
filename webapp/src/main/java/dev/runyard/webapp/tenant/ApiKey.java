package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A key beside an environment's own, limited by scopes.
@Entity
@Table(name = "api_key")
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class ApiKey {
    @Id
    private UUID id;

    private UUID environmentId;
    private String name;
    private byte[] keyHash;
    private String lastFour;
    private String scopes;
    private UUID createdBy;
    private Instant createdAt;
    private Instant expiresAt;
    private Instant revokedAt;

    protected ApiKey() {}

    ApiKey(UUID id, UUID environmentId, String key, KeyRing.KeyRequest request, Instant createdAt) {
        this.id = id;
        this.environmentId = environmentId;
        this.name = request.name();
        this.keyHash = Hashes.sha256(key);
        this.lastFour = key.substring(key.length() - 4);
        this.scopes = String.join("\n", request.scopes());
        this.createdBy = request.createdBy();
        this.createdAt = createdAt;
        this.expiresAt = request.expiresAt();
    }

    UUID environmentId() {
        return environmentId;
    }

    List<String> scopes() {
        return scopes.lines().toList();
    }

    void revoke(Instant at) {
        this.revokedAt = at;
    }

    boolean isValidAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    Instant validUntil() {
        return expiresAt == null ? Instant.MAX : expiresAt;
    }

    KeyRing.ListedKey listed() {
        return new KeyRing.ListedKey(id, name, lastFour, scopes(), createdAt, expiresAt, revokedAt);
    }
}
