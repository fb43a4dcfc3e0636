package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A token of an organization, for machines. Only its hash is stored.
@Entity
@Table(name = "organization_token")
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class OrganizationToken {
    @Id
    private UUID id;

    private UUID organizationId;
    private String name;
    private byte[] tokenHash;
    private String lastFour;
    private UUID createdBy;
    private Instant createdAt;
    private Instant expiresAt;
    private Instant revokedAt;

    protected OrganizationToken() {}

    OrganizationToken(UUID id, UUID organizationId, OrganizationTokens.Order order, String token, Instant createdAt) {
        this.id = id;
        this.organizationId = organizationId;
        this.name = order.name();
        this.tokenHash = Hashes.sha256(token);
        this.lastFour = token.substring(token.length() - 4);
        this.createdBy = order.createdBy();
        this.createdAt = createdAt;
        this.expiresAt = order.expiresAt();
    }

    void revoke(Instant at) {
        this.revokedAt = at;
    }

    boolean isValidAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    OrganizationTokens.Holder holder() {
        return new OrganizationTokens.Holder(id, organizationId, name);
    }

    OrganizationTokens.Listed listed() {
        return new OrganizationTokens.Listed(id, name, lastFour, createdAt, expiresAt, revokedAt);
    }
}
