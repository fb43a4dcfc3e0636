package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A token of a person, for tools. Only its hash is stored.
@Entity
@Table(name = "personal_token")
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class PersonalToken {
    @Id
    private UUID id;

    private UUID userId;
    private String name;
    private byte[] tokenHash;
    private String lastFour;
    private Instant createdAt;
    private Instant expiresAt;
    private Instant revokedAt;

    protected PersonalToken() {}

    PersonalToken(UUID id, UUID userId, String name, String token, Instant createdAt) {
        this.id = id;
        this.userId = userId;
        this.name = name;
        this.tokenHash = Hashes.sha256(token);
        this.lastFour = token.substring(token.length() - 4);
        this.createdAt = createdAt;
    }

    UUID userId() {
        return userId;
    }

    void revoke(Instant at) {
        this.revokedAt = at;
    }

    boolean isValidAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    PersonalTokens.Listed listed() {
        return new PersonalTokens.Listed(id, name, lastFour, createdAt, revokedAt);
    }
}
