package dev.runyard.webapp.deployment;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The release record of a version.
@Entity
@Table(name = "deployment")
class Deployment {
    /// How far a release is; the names are those of the public API.
    enum Status {
        /// It has a version number; its tasks are not known yet.
        BUILDING,
        /// Its tasks are known.
        DEPLOYING,
        /// Its runs can be started.
        DEPLOYED
    }

    @Id
    private UUID id;

    private UUID environmentId;
    private String shortCode;
    private String version;
    private String contentHash;
    private String runtime;
    private @Nullable String imageReference;

    @SuppressWarnings("UnusedVariable") // only queries read it
    private @Nullable String externalId;

    private @Nullable UUID backgroundWorkerId;

    @Enumerated(EnumType.STRING)
    private Status status;

    private Instant createdAt;
    private @Nullable Instant deployedAt;

    @Version
    @Column(name = "revision")
    private @Nullable Integer revision;

    @SuppressWarnings("NullAway.Init")
    protected Deployment() {}

    Deployment(UUID id, UUID environmentId, InitializeDeploymentRequest request, String version, Instant createdAt) {
        this.id = id;
        this.environmentId = environmentId;
        this.shortCode = ShortCode.of(id);
        this.version = version;
        this.contentHash = request.contentHash();
        this.runtime = request.runtime() == null ? "java" : request.runtime();
        this.imageReference = request.imageReference();
        this.externalId = request.externalDeploymentId();
        this.status = Status.BUILDING;
        this.createdAt = createdAt;
    }

    void registered(UUID workerId) {
        this.backgroundWorkerId = workerId;
        this.status = Status.DEPLOYING;
    }

    void deployed(String image, Instant at) {
        this.imageReference = image;
        this.status = Status.DEPLOYED;
        this.deployedAt = at;
    }

    UUID id() {
        return id;
    }

    UUID environmentId() {
        return environmentId;
    }

    String shortCode() {
        return shortCode;
    }

    String version() {
        return version;
    }

    String contentHash() {
        return contentHash;
    }

    String runtime() {
        return runtime;
    }

    @Nullable
    String imageReference() {
        return imageReference;
    }

    @Nullable
    UUID backgroundWorkerId() {
        return backgroundWorkerId;
    }

    Status status() {
        return status;
    }

    Instant createdAt() {
        return createdAt;
    }

    @Nullable
    Instant deployedAt() {
        return deployedAt;
    }
}
