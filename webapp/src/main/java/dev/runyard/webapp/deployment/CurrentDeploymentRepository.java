package dev.runyard.webapp.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface CurrentDeploymentRepository extends Repository<CurrentDeployment, UUID> {
    Optional<CurrentDeployment> findById(UUID environmentId);

    List<CurrentDeployment> findAll();

    /// Moves the pointer; of two deployments that finish at once the later commit wins.
    @Modifying
    @Query(nativeQuery = true, value = """
            insert into current_deployment (environment_id, deployment_id, background_worker_id, promoted_at)
            values (:environmentId, :deploymentId, :workerId, :at)
            on conflict (environment_id) do update
            set deployment_id = excluded.deployment_id,
                background_worker_id = excluded.background_worker_id,
                promoted_at = excluded.promoted_at
            """)
    void promote(UUID environmentId, UUID deploymentId, UUID workerId, Instant at);
}
