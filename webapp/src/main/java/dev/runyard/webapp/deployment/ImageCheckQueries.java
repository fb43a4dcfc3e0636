package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.worker.ImageChecksResponse.ImageCheck;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Hands images out to be tried.
@Repository
class ImageCheckQueries {
    private final JdbcClient jdbc;

    ImageCheckQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Takes checks for a supervisor: those that nobody has, and those that somebody has kept for too long or whose
    /// release died with its server.
    List<ImageCheck> take(String workerQueue, String supervisor, int most, Instant now, Instant lapsed) {
        return jdbc.sql("""
                update deployment
                set check_state = 'TAKEN', check_taken_at = :now, checked_by = :supervisor, revision = revision + 1
                where id in (
                    select deployment.id
                    from deployment
                    join environment on environment.id = deployment.environment_id
                    where environment.worker_queue = :queue
                      and status = 'DEPLOYING'
                      and (check_state = 'WANTED' or check_state is not null and check_taken_at < :lapsed)
                    order by check_wanted_at
                    limit :most
                    for update of deployment skip locked)
                returning id, version, image_reference, runtime
                """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("supervisor", supervisor)
                .param("queue", workerQueue)
                .param("lapsed", lapsed.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query((row, _) -> new ImageCheck(
                        new DeploymentId(row.getObject("id", UUID.class)),
                        row.getString("version"),
                        row.getString("image_reference"),
                        row.getString("runtime")))
                .list();
    }

    /// Tells whether a deployment belongs to an environment of a worker queue.
    boolean isOf(String workerQueue, UUID deployment) {
        return jdbc.sql("""
                select exists (
                    select from deployment
                    join environment on environment.id = deployment.environment_id
                    where deployment.id = :deployment and environment.worker_queue = :queue)
                """)
                .param("deployment", deployment)
                .param("queue", workerQueue)
                .query(Boolean.class)
                .single();
    }
}
