package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A person in an organization.
@Entity
@Table(name = "organization_member")
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only asked for
class Member {
    @Id
    private UUID id;

    private UUID organizationId;
    private UUID userId;

    @Enumerated(EnumType.STRING)
    private Role role;

    private Instant createdAt;

    protected Member() {}

    UUID organizationId() {
        return organizationId;
    }

    UUID userId() {
        return userId;
    }

    Role role() {
        return role;
    }
}
