package dev.runyard.webapp.tenant;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface WorkerGroupRepository extends Repository<WorkerGroup, UUID> {
    Optional<WorkerGroup> findByName(String name);

    Optional<WorkerGroup> findById(UUID id);

    WorkerGroup save(WorkerGroup one);
}
