package dev.runyard.webapp.tenant;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface WorkerGroupTokenRepository extends Repository<WorkerGroupToken, byte[]> {
    Optional<WorkerGroupToken> findByTokenHash(byte[] tokenHash);

    WorkerGroupToken save(WorkerGroupToken token);
}
