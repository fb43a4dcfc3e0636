package dev.runyard.webapp.tenant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface OrganizationTokenRepository extends Repository<OrganizationToken, UUID> {
    Optional<OrganizationToken> findByTokenHash(byte[] tokenHash);

    Optional<OrganizationToken> findByIdAndOrganizationId(UUID id, UUID organizationId);

    List<OrganizationToken> findByOrganizationIdOrderByCreatedAt(UUID organizationId);

    OrganizationToken save(OrganizationToken one);
}
