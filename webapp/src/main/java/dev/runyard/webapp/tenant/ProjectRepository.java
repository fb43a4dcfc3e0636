package dev.runyard.webapp.tenant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface ProjectRepository extends Repository<Project, UUID> {
    Optional<Project> findByRef(String ref);

    Optional<Project> findById(UUID id);

    boolean existsBySlug(String slug);

    List<Project> findByOrganizationIdOrderByCreatedAt(UUID organizationId);

    Project save(Project one);
}
