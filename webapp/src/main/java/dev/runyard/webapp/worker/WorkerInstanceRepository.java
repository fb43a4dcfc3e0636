package dev.runyard.webapp.worker;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class WorkerInstanceRepository {
    private final JdbcClient jdbc;

    WorkerInstanceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Writes what a supervisor says of itself.
    void connected(String group, String name, SupervisorDetails details, Instant now) {
        jdbc.sql("""
                insert into worker_instance
                    (worker_group, name, version, workload_manager, details, first_seen_at, last_seen_at)
                values (:group, :name, :version, :workloadManager, :details::jsonb, :now, :now)
                on conflict (worker_group, name) do update
                set version = excluded.version,
                    workload_manager = excluded.workload_manager,
                    details = excluded.details,
                    last_seen_at = excluded.last_seen_at
                """)
                .param("group", group)
                .param("name", name)
                .param("version", details.version())
                .param("workloadManager", details.workloadManager())
                .param("details", details.json())
                .param("now", utc(now))
                .update();
    }

    /// Notes that a supervisor called; its first call makes its row.
    void seen(String group, String name, Instant now) {
        jdbc.sql("""
                insert into worker_instance (worker_group, name, first_seen_at, last_seen_at)
                values (:group, :name, :now, :now)
                on conflict (worker_group, name) do update set last_seen_at = excluded.last_seen_at
                """)
                .param("group", group)
                .param("name", name)
                .param("now", utc(now))
                .update();
    }

    void resources(String group, String name, double cpuAvailable, double memoryAvailable) {
        jdbc.sql("""
                update worker_instance set cpu_available = :cpu, memory_available = :memory
                where worker_group = :group and name = :name
                """)
                .param("cpu", cpuAvailable)
                .param("memory", memoryAvailable)
                .param("group", group)
                .param("name", name)
                .update();
    }

    /// Lists the supervisors that called since an instant, the last caller first.
    List<Supervisor> seenSince(Instant since) {
        return jdbc.sql("""
                select worker_group, name, version, workload_manager, last_seen_at from worker_instance
                where last_seen_at >= :since
                order by last_seen_at desc, name
                limit 200
                """)
                .param("since", utc(since))
                .query(WorkerInstanceRepository::map)
                .list();
    }

    private static Supervisor map(ResultSet row, int rowNumber) throws SQLException {
        return new Supervisor(
                row.getString("worker_group"),
                row.getString("name"),
                row.getString("version"),
                row.getString("workload_manager"),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /// What a supervisor says of itself when it connects.
    ///
    /// @param version its version
    /// @param workloadManager how it starts runs
    /// @param json all that it said
    record SupervisorDetails(
            @Nullable String version, @Nullable String workloadManager, String json) {}
}
