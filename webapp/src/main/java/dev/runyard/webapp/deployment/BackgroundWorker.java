package dev.runyard.webapp.deployment;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/// One indexed version of user code. Never changed once it is stored.
@Entity
@Table(name = "background_worker")
@SuppressWarnings("UnusedVariable") // some columns are only for people who read the table
class BackgroundWorker {
    @Id
    private UUID id;

    private UUID environmentId;
    private String version;
    private String contentHash;
    private String sdkVersion;
    private @Nullable String cliVersion;
    private @Nullable String runtime;
    private @Nullable String runtimeVersion;

    @JdbcTypeCode(SqlTypes.JSON)
    private String queues;

    private Instant createdAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "background_worker_task", joinColumns = @JoinColumn(name = "background_worker_id"))
    private List<BackgroundWorkerTask> tasks = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    protected BackgroundWorker() {}

    BackgroundWorker(UUID id, Deployment deployment, Registration registration, Instant createdAt) {
        this.id = id;
        this.environmentId = deployment.environmentId();
        this.version = deployment.version();
        this.contentHash = registration.metadata().contentHash();
        this.sdkVersion = registration.metadata().packageVersion();
        this.cliVersion = registration.metadata().cliPackageVersion();
        this.runtime = registration.metadata().runtime();
        this.runtimeVersion = registration.metadata().runtimeVersion();
        this.queues = registration.queuesJson();
        this.tasks = new ArrayList<>(registration.tasks());
        this.createdAt = createdAt;
    }

    UUID id() {
        return id;
    }

    UUID environmentId() {
        return environmentId;
    }

    String version() {
        return version;
    }

    String contentHash() {
        return contentHash;
    }

    @Nullable
    String runtime() {
        return runtime;
    }

    @Nullable
    String runtimeVersion() {
        return runtimeVersion;
    }

    String queues() {
        return queues;
    }

    List<BackgroundWorkerTask> tasks() {
        return tasks;
    }
}
