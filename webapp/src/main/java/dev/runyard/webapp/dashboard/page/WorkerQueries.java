package dev.runyard.webapp.dashboard.page;

import com.fasterxml.jackson.annotation.JsonInclude;
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

/// Reads what the server knows of its supervisors.
@Component
class WorkerQueries {
    private final JdbcClient jdbc;

    WorkerQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param memoryAvailable in gigabytes
    /// @param running runs of it in environments that the person sees
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WorkerItem(
            String group,
            String name,
            @Nullable String version,
            @Nullable String workloadManager,
            @Nullable Double cpuAvailable,
            @Nullable Double memoryAvailable,
            int running,
            Instant firstSeenAt,
            Instant lastSeenAt) {}

    List<WorkerItem> seenSince(Instant since, List<UUID> environments) {
        return jdbc.sql("""
                with held as (
                    select worker, count(*) as running from run_state
                    where lease_until is not null and environment_id = any(:environments)
                    group by worker
                )
                select worker_instance.*, coalesce(held.running, 0) as running
                from worker_instance
                left join held on held.worker = worker_instance.name
                where last_seen_at >= :since
                order by last_seen_at desc, name
                limit 500
                """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("environments", environments.toArray(UUID[]::new))
                .query((row, _) -> item(row))
                .list();
    }

    private static WorkerItem item(ResultSet row) throws SQLException {
        return new WorkerItem(
                row.getString("worker_group"),
                row.getString("name"),
                row.getString("version"),
                row.getString("workload_manager"),
                row.getObject("cpu_available", Double.class),
                row.getObject("memory_available", Double.class),
                row.getInt("running"),
                row.getObject("first_seen_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant());
    }
}
