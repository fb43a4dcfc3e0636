package dev.runyard.webapp.deployment;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface DeploymentRepository extends Repository<Deployment, UUID> {
    Deployment save(Deployment deployment);

    Optional<Deployment> findById(UUID id);

    Optional<Deployment> findByIdAndEnvironmentId(UUID id, UUID environmentId);

    Optional<Deployment> findByVersionAndEnvironmentId(String version, UUID environmentId);

    Optional<Deployment> findFirstByEnvironmentIdOrderByIdDesc(UUID environmentId);

    Optional<Deployment> findByBackgroundWorkerId(UUID backgroundWorkerId);

    Optional<Deployment> findFirstByEnvironmentIdAndExternalIdAndStatusOrderByIdDesc(
            UUID environmentId, String externalId, Deployment.Status status);

    @Query("""
            select d from Deployment d, CurrentDeployment c
            where c.environmentId = :environmentId and d.id = c.deploymentId
            """)
    Optional<Deployment> findCurrent(UUID environmentId);
}
