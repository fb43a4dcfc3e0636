package dev.runyard.webapp.tenant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface ApiKeyRepository extends Repository<ApiKey, UUID> {
    Optional<ApiKey> findByKeyHash(byte[] keyHash);

    Optional<ApiKey> findByIdAndEnvironmentId(UUID id, UUID environmentId);

    List<ApiKey> findByEnvironmentIdOrderByCreatedAt(UUID environmentId);

    ApiKey save(ApiKey one);
}
