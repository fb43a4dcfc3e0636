package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.EnvironmentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Lists deployments, the newest first: their ids are in the order of time.
@Component
class DeploymentListQueries {
    private final JdbcClient jdbc;

    DeploymentListQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param environment whose
    /// @param status only those that are this far
    /// @param from only those that were begun then or later
    /// @param to only those that were begun then or earlier
    /// @param after only those that are older than this one
    record Filter(
            EnvironmentId environment,
            @Nullable String status,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable DeploymentId after) {}

    List<DeploymentItem> list(Filter filter, int limit) {
        return jdbc.sql("""
                select deployment.*, background_worker.runtime_version
                from deployment
                left join background_worker on background_worker.id = deployment.background_worker_id
                where deployment.environment_id = :environment
                    and (cast(:status as text) is null or status = :status)
                    and (cast(:from as timestamptz) is null or deployment.created_at >= :from)
                    and (cast(:to as timestamptz) is null or deployment.created_at <= :to)
                    and (cast(:after as uuid) is null or deployment.id < :after)
                order by deployment.id desc
                limit :limit
                """)
                .param("environment", filter.environment().value())
                .param("status", filter.status())
                .param("from", time(filter.from()))
                .param("to", time(filter.to()))
                .param("after", filter.after() == null ? null : filter.after().value())
                .param("limit", limit)
                .query(DeploymentListQueries::map)
                .list();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static DeploymentItem map(ResultSet row, int number) throws SQLException {
        OffsetDateTime deployedAt = row.getObject("deployed_at", OffsetDateTime.class);
        return new DeploymentItem(
                new DeploymentId(row.getObject("id", UUID.class)),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("short_code"),
                row.getString("version"),
                row.getString("runtime"),
                row.getString("runtime_version"),
                row.getString("status"),
                deployedAt == null ? null : deployedAt.toInstant());
    }
}
