package dev.runyard.webapp.tenant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface WorkerGroupTokenRepository extends Repository<WorkerGroupToken, byte[]> {
    Optional<WorkerGroupToken> findByTokenHash(byte[] tokenHash);

    Optional<WorkerGroupToken> findByIdAndWorkerGroupId(UUID id, UUID workerGroupId);

    List<WorkerGroupToken> findByWorkerGroupIdOrderByCreatedAt(UUID workerGroupId);

    WorkerGroupToken save(WorkerGroupToken token);

    void delete(WorkerGroupToken token);
}
