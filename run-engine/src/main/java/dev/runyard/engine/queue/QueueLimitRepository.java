package dev.runyard.engine.queue;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.EnvironmentId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Limits of record, and which queue keys have runs that depend on them.
public final class QueueLimitRepository {
    private static final int LIMITS_LOCK = 0x4c494d54;

    private final JdbcClient jdbc;

    public QueueLimitRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A queue's own settings.
    private record Settings(
            UUID environmentId, String name, @Nullable Integer limit, boolean isPaused) {
        QueueLimit inForce() {
            return new QueueLimit(name, limit, null, isPaused);
        }
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
        Map<UUID, List<Settings>> queues = jdbc
                .sql("""
                select environment_id, name, concurrency_limit, is_paused
                from task_queue
                where environment_id = any(?)
                """)
                .param(ids)
                .query((row, _) -> new Settings(
                        row.getObject("environment_id", UUID.class),
                        row.getString("name"),
                        Rows.integer(row, "concurrency_limit"),
                        row.getBoolean("is_paused")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Settings::environmentId));
        return environments.stream()
                .map(settings ->
                        limits(settings, queues.getOrDefault(settings.id().value(), List.of())))
                .toList();
    }

    private static EnvironmentLimits limits(EnvironmentSettings settings, List<Settings> queues) {
        return new EnvironmentLimits(
                settings.id(),
                settings.workerQueue(),
                settings.concurrencyLimit(),
                settings.burstLimit(),
                settings.isPaused(),
                queues.stream().map(Settings::inForce).toList());
    }

    EnvironmentLimits limits(EnvironmentSettings environment) {
        return limits(List.of(environment)).getFirst();
    }

    /// Writes the limits that a version declares; pauses stay as they are.
    public void declare(EnvironmentId environment, List<QueueDeclaration> queues) {
        for (QueueDeclaration queue : queues) {
            jdbc.sql("""
                    insert into task_queue (environment_id, name, concurrency_limit)
                    values (?, ?, ?)
                    on conflict (environment_id, name) do update set concurrency_limit = excluded.concurrency_limit
                    """)
                    .param(environment.value())
                    .param(queue.name())
                    .param(queue.concurrencyLimit())
                    .update();
        }
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
