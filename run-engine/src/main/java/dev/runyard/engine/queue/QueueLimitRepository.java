package dev.runyard.engine.queue;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.EnvironmentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Limits of record, and which queue keys have runs that depend on them.
public final class QueueLimitRepository {
    private static final int LIMITS_LOCK = 0x4c494d54;

    private final JdbcClient jdbc;

    public QueueLimitRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Lets no other webapp apply limits of an environment until the transaction ends.
    void lock(EnvironmentId environment) {
        jdbc.sql("select pg_advisory_xact_lock(?, hashtext(?))")
                .param(LIMITS_LOCK)
                .param(environment.body())
                .query((_, _) -> 1)
                .single();
    }

    /// Tells whether an environment has a queue of this name.
    public boolean exists(EnvironmentId environment, String queue) {
        return jdbc.sql("select 1 from task_queue where environment_id = ? and name = ?")
                .param(environment.value())
                .param(queue)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /// Reads the limits in force of environments.
    public List<EnvironmentLimits> limits(Collection<EnvironmentSettings> environments) {
        UUID[] ids =
                environments.stream().map(settings -> settings.id().value()).toArray(UUID[]::new);
        Map<EnvironmentId, List<QueueSettings>> queues =
                jdbc.sql("""
                select
                    environment_id, name, concurrency_limit, override_limit, override_percent, combined_limit, is_paused
                from task_queue
                where environment_id = any(?)
                """).param(ids).query((row, _) -> settings(row)).list().stream()
                        .collect(Collectors.groupingBy(QueueSettings::environmentId));
        Set<UUID> paused =
                new HashSet<>(jdbc.sql("select environment_id from paused_environment where environment_id = any(?)")
                        .param(ids)
                        .query((row, _) -> row.getObject("environment_id", UUID.class))
                        .list());
        return environments.stream()
                .map(settings -> new EnvironmentLimits(
                        settings.id(),
                        settings.workerQueue(),
                        settings.concurrencyLimit(),
                        settings.burstLimit(),
                        settings.isPaused() || paused.contains(settings.id().value()),
                        queues.getOrDefault(settings.id(), List.of()).stream()
                                .map(queue -> queue.inForce(settings.concurrencyLimit()))
                                .toList()))
                .toList();
    }

    /// Maps a row of task_queue; the row may carry further columns.
    public static QueueSettings settings(ResultSet row) throws SQLException {
        return new QueueSettings(
                new EnvironmentId(row.getObject("environment_id", UUID.class)),
                row.getString("name"),
                Rows.integer(row, "concurrency_limit"),
                Rows.integer(row, "override_limit"),
                row.getBigDecimal("override_percent"),
                Rows.integer(row, "combined_limit"),
                row.getBoolean("is_paused"));
    }

    /// Reads the limits in force of one environment.
    public EnvironmentLimits limits(EnvironmentSettings environment) {
        return limits(List.of(environment)).getFirst();
    }

    /// Reads the queue keys of an environment that have runs waiting.
    List<QueueKey> waiting(EnvironmentId environment) {
        return jdbc.sql("""
                select distinct queue, concurrency_key
                from run_state
                where environment_id = ? and execution in ('QUEUED', 'QUEUED_EXECUTING') and not_before is null
                """)
                .param(environment.value())
                .query((row, _) -> new QueueKey(environment, row.getString("queue"), row.getString("concurrency_key")))
                .list();
    }
}
