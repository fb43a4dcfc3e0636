package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// Who projects belong to.
@Entity
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class Organization {
    @Id
    private UUID id;

    private String slug;
    private String title;
    private Instant createdAt;

    protected Organization() {}

    Organization(UUID id, String slug, String title, Instant createdAt) {
        this.id = id;
        this.slug = slug;
        this.title = title;
        this.createdAt = createdAt;
    }

    UUID id() {
        return id;
    }

    String slug() {
        return slug;
    }

    String title() {
        return title;
    }

    Instant createdAt() {
        return createdAt;
    }
}
