package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A tool that waits for a person to confirm it.
@Entity
@Table(name = "authorization_code")
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class AuthorizationCode {
    @Id
    private byte[] codeHash;

    private UUID userId;
    private Instant createdAt;
    private Instant expiresAt;

    protected AuthorizationCode() {}

    AuthorizationCode(byte[] codeHash, Instant createdAt, Instant expiresAt) {
        this.codeHash = codeHash;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }
}
