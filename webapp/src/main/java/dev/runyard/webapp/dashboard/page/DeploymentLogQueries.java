package dev.runyard.webapp.dashboard.page;

import dev.runyard.protocol.id.EnvironmentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads how far a release came, and when.
@Repository
class DeploymentLogQueries {
    private final JdbcClient jdbc;

    DeploymentLogQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The marks that a release left.
    ///
    /// @param begunAt when it got its number
    /// @param registeredAt when its tasks were read
    /// @param tasks how many they are
    /// @param image what supervisors start
    /// @param checkState whether a supervisor has shown that it can start the image
    /// @param checkWantedAt when that was asked for
    /// @param checkTakenAt when a supervisor began to
    /// @param checkedBy which one
    /// @param failure why it failed
    /// @param deployedAt when its runs could first be started
    /// @param promotedAt when new runs got it, while they still do
    record Release(
            Instant begunAt,
            @Nullable Instant registeredAt,
            int tasks,
            @Nullable String image,
            @Nullable String checkState,
            @Nullable Instant checkWantedAt,
            @Nullable Instant checkTakenAt,
            @Nullable String checkedBy,
            @Nullable String failure,
            @Nullable Instant deployedAt,
            @Nullable Instant promotedAt) {}

    Optional<Release> find(EnvironmentId environment, UUID deployment) {
        return jdbc.sql("""
                select deployment.*, worker.created_at as registered_at, current.promoted_at,
                    (select count(*) from background_worker_task task where task.background_worker_id = worker.id) as tasks
                from deployment
                left join background_worker worker on worker.id = deployment.background_worker_id
                left join current_deployment current on current.deployment_id = deployment.id
                where deployment.id = :deployment and deployment.environment_id = :environment
                """)
                .param("deployment", deployment)
                .param("environment", environment.value())
                .query((row, _) -> release(row))
                .optional();
    }

    private static Release release(ResultSet row) throws SQLException {
        return new Release(
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                time(row, "registered_at"),
                row.getInt("tasks"),
                row.getString("image_reference"),
                row.getString("check_state"),
                time(row, "check_wanted_at"),
                time(row, "check_taken_at"),
                row.getString("checked_by"),
                row.getString("failure"),
                time(row, "deployed_at"),
                time(row, "promoted_at"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
