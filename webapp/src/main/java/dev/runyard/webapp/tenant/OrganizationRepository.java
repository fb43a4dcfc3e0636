package dev.runyard.webapp.tenant;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface OrganizationRepository extends Repository<Organization, UUID> {
    Optional<Organization> findBySlug(String slug);

    Optional<Organization> findById(UUID id);

    Organization save(Organization one);
}
