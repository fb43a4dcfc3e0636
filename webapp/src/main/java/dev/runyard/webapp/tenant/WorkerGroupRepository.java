package dev.runyard.webapp.tenant;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface WorkerGroupRepository extends Repository<WorkerGroup, UUID> {
    Optional<WorkerGroup> findByName(String name);

    Optional<WorkerGroup> findById(UUID id);

    Optional<WorkerGroup> findByIdAndOrganizationId(UUID id, UUID organizationId);

    List<WorkerGroup> findByOrganizationIdOrOrganizationIdIsNullOrderByName(UUID organizationId);

    /// Reads a group that nobody removes until the transaction ends.
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select g from WorkerGroup g where g.name = ?1")
    Optional<WorkerGroup> lock(String name);

    WorkerGroup save(WorkerGroup one);

    void delete(WorkerGroup one);
}
