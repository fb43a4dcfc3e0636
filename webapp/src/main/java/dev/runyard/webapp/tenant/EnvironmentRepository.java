package dev.runyard.webapp.tenant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface EnvironmentRepository extends Repository<Environment, UUID> {
    Optional<Environment> findByKeyHashAndArchivedAtIsNull(byte[] keyHash);

    Optional<Environment> findByIdAndArchivedAtIsNull(UUID id);

    Optional<Environment> findByProjectIdAndSlug(UUID projectId, String slug);

    List<Environment> findByArchivedAtIsNullOrderByCreatedAt();

    Environment save(Environment one);
}
