package dev.runyard.webapp.deployment;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface BackgroundWorkerRepository extends Repository<BackgroundWorker, UUID> {
    BackgroundWorker save(BackgroundWorker worker);

    Optional<BackgroundWorker> findById(UUID id);

    Optional<BackgroundWorker> findByEnvironmentIdAndVersion(UUID environmentId, String version);
}
