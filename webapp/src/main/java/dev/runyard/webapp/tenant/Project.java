package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// A set of tasks with environments to run them in.
@Entity
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class Project {
    @Id
    private UUID id;

    private UUID organizationId;
    private String ref;
    private String slug;
    private String name;
    private Instant createdAt;

    protected Project() {}

    Project(UUID id, UUID organizationId, String ref, String name, Instant createdAt) {
        this(id, organizationId, ref, name, name, createdAt);
    }

    Project(UUID id, UUID organizationId, String ref, String slug, String name, Instant createdAt) {
        this.id = id;
        this.organizationId = organizationId;
        this.ref = ref;
        this.slug = slug;
        this.name = name;
        this.createdAt = createdAt;
    }

    UUID id() {
        return id;
    }

    UUID organizationId() {
        return organizationId;
    }

    String ref() {
        return ref;
    }

    String slug() {
        return slug;
    }

    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }
}
