package dev.runyard.webapp.tenant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface EnvironmentRepository extends Repository<Environment, UUID> {
    Optional<Environment> findByKeyHashAndArchivedAtIsNull(byte[] keyHash);

    Optional<Environment> findByIdAndArchivedAtIsNull(UUID id);

    Optional<Environment> findByProjectIdAndTypeAndOwnerIdIsNullAndParentIdIsNull(UUID projectId, EnvironmentType type);

    Optional<Environment> findByProjectIdAndOwnerIdAndArchivedAtIsNull(UUID projectId, UUID ownerId);

    Optional<Environment> findByParentIdAndBranchAndArchivedAtIsNull(UUID parentId, String branch);

    List<Environment> findByParentIdAndArchivedAtIsNullOrderByCreatedAt(UUID parentId);

    List<Environment> findByArchivedAtIsNullOrderByCreatedAt();

    Environment save(Environment one);
}
