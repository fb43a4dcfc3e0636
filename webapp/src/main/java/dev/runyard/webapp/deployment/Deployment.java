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
        DEPLOYED,
        /// No supervisor could start its image.
        FAILED
    }

    /// Whether a supervisor has shown that it can start the image.
    enum Check {
        /// One is asked to.
        WANTED,
        /// One does.
        TAKEN,
        PASSED,
        FAILED
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

    @Enumerated(EnumType.STRING)
    private @Nullable Check checkState;

    @SuppressWarnings("UnusedVariable") // only queries read it
    private @Nullable Instant checkWantedAt;

    private @Nullable String checkedBy;
    private @Nullable String failure;
    private boolean promotes = true;

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

    /// Lets a supervisor try the image before the release counts.
    void awaitCheck(String image, boolean isPromotedThen, Instant at) {
        this.imageReference = image;
        this.promotes = isPromotedThen;
        this.checkState = Check.WANTED;
        this.checkWantedAt = at;
    }

    void passed() {
        this.checkState = Check.PASSED;
    }

    void failed(String reason) {
        this.checkState = Check.FAILED;
        this.status = Status.FAILED;
        this.failure = reason;
    }

    UUID id() {
        return id;
    }

    @Nullable
    Check checkState() {
        return checkState;
    }

    /// Returns which supervisor tries the image, or tried it last.
    @Nullable
    String checkedBy() {
        return checkedBy;
    }

    /// Returns why the release failed.
    @Nullable
    String failure() {
        return failure;
    }

    /// Tells whether new runs get this version as soon as its image was tried.
    boolean promotes() {
        return promotes;
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
