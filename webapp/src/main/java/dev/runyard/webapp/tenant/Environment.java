package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.NullUnmarked;

/// Where a project's runs belong: own key, own limits, own queues.
@Entity
@DynamicUpdate // so that a change of something else does not write back a key that was sealed anew meanwhile
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class Environment {
    @Id
    private UUID id;

    private UUID projectId;

    @Enumerated(EnumType.STRING)
    private EnvironmentType type;

    private String slug;
    private UUID ownerId;
    private UUID parentId;
    private String branch;
    private byte[] keyHash;
    private byte[] keySealed;
    private String keySealedWith;
    private int concurrencyLimit;
    private boolean isPaused;
    private String workerQueue;
    private String supervisorQueue;
    private Instant createdAt;
    private Instant archivedAt;

    @Version
    private int revision;

    protected Environment() {}

    Environment(UUID id, UUID projectId, EnvironmentType type, String workerQueue, Instant createdAt) {
        this.id = id;
        this.projectId = projectId;
        this.type = type;
        this.slug = type.slug();
        this.workerQueue = workerQueue;
        this.supervisorQueue = workerQueue;
        this.createdAt = createdAt;
    }

    void setOwner(UUID owner) {
        this.ownerId = owner;
    }

    void setBranch(UUID parent, String name) {
        this.parentId = parent;
        this.branch = name;
    }

    void archive(Instant at) {
        this.archivedAt = at;
    }

    void setKey(byte[] hash, SealedText sealed) {
        this.keyHash = hash;
        this.keySealed = sealed.bytes();
        this.keySealedWith = sealed.sealedWith();
    }

    void setConcurrencyLimit(int limit) {
        this.concurrencyLimit = limit;
    }

    /// Leads its runs to supervisors, or to workers of its own.
    ///
    /// @param own where workers of its own take runs
    void leadRuns(String own, boolean areOwn) {
        this.workerQueue = areOwn ? own : supervisorQueue;
    }

    /// Gives its runs to another group of supervisors; those that workers of its own take stay with these.
    ///
    /// @param own where workers of its own take runs
    void setSupervisorQueue(String own, String queue) {
        boolean areOwn = workerQueue.equals(own);
        this.supervisorQueue = queue;
        leadRuns(own, areOwn);
    }

    String supervisorQueue() {
        return supervisorQueue;
    }

    UUID id() {
        return id;
    }

    UUID projectId() {
        return projectId;
    }

    EnvironmentType type() {
        return type;
    }

    String slug() {
        return slug;
    }

    UUID ownerId() {
        return ownerId;
    }

    UUID parentId() {
        return parentId;
    }

    String branch() {
        return branch;
    }

    byte[] keyHash() {
        return keyHash;
    }

    SealedText key() {
        return new SealedText(keySealed, keySealedWith);
    }

    Instant createdAt() {
        return createdAt;
    }

    int concurrencyLimit() {
        return concurrencyLimit;
    }

    boolean isPaused() {
        return isPaused;
    }

    String workerQueue() {
        return workerQueue;
    }
}
