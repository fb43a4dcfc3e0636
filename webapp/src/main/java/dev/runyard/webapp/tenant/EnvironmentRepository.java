package dev.runyard.webapp.tenant;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface EnvironmentRepository extends Repository<Environment, UUID> {
    Optional<Environment> findByKeyHashAndArchivedAtIsNull(byte[] keyHash);

    Optional<Environment> findByIdAndArchivedAtIsNull(UUID id);

    /// Reads an environment that nobody else changes until the transaction ends.
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select e from Environment e where e.id = ?1 and e.archivedAt is null")
    Optional<Environment> lock(UUID id);

    Optional<Environment> findByProjectIdAndTypeAndOwnerIdIsNullAndParentIdIsNull(UUID projectId, EnvironmentType type);

    Optional<Environment> findByProjectIdAndOwnerIdAndParentIdIsNullAndArchivedAtIsNull(UUID projectId, UUID ownerId);

    Optional<Environment> findByParentIdAndBranchAndArchivedAtIsNull(UUID parentId, String branch);

    List<Environment> findByParentIdAndArchivedAtIsNullOrderByCreatedAt(UUID parentId);

    List<Environment> findByArchivedAtIsNullOrderByCreatedAt();

    List<Environment> findBySupervisorQueueAndArchivedAtIsNullOrderByCreatedAt(String supervisorQueue);

    Environment save(Environment one);
}
