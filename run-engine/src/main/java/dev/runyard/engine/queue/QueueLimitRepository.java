package dev.runyard.engine.queue;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.EnvironmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Limits of record, and which queue keys have runs that depend on them.
public final class QueueLimitRepository {
    private final JdbcClient jdbc;

    public QueueLimitRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A queue's own settings.
    ///
    /// @param environmentId whose
    /// @param name the queue
    /// @param limit most slots
    /// @param isPaused whether nothing may start
    public record QueueSettings(
            EnvironmentId environmentId,
            String name,
            @Nullable Integer limit,
            boolean isPaused) {}

    /// Reads all queues that have settings, of one environment or of all.
    public List<QueueSettings> settings(Optional<EnvironmentId> environment) {
        return jdbc.sql("""
                select environment_id, name, concurrency_limit, is_paused
                from task_queue
                where :environment::uuid is null or environment_id = :environment::uuid
                """)
                .param("environment", environment.map(EnvironmentId::value).orElse(null))
                .query((row, _) -> new QueueSettings(
                        new EnvironmentId(row.getObject("environment_id", UUID.class)),
                        row.getString("name"),
                        Rows.integer(row, "concurrency_limit"),
                        row.getBoolean("is_paused")))
                .list();
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

    /// Returns the limit of an environment followed by those of its queues, each with what waits for it.
    List<QueueLimit> limits(EnvironmentSettings environment) {
        List<QueueKey> waiting = waiting(environment.id());
        List<QueueLimit> limits = new ArrayList<>();
        for (QueueSettings queue : settings(Optional.of(environment.id()))) {
            limits.add(new QueueLimit(
                    environment.id(),
                    environment.workerQueue(),
                    queue.name(),
                    queue.limit(),
                    queue.isPaused(),
                    waiting.stream()
                            .filter(key -> key.queue().equals(queue.name()))
                            .toList()));
        }
        limits.add(new QueueLimit(
                environment.id(),
                environment.workerQueue(),
                null,
                environment.concurrencyLimit(),
                environment.isPaused(),
                waiting));
        return limits;
    }

    private List<QueueKey> waiting(EnvironmentId environment) {
        return jdbc.sql("""
                select distinct queue, concurrency_key
                from run_state
                where environment_id = ? and execution = 'QUEUED' and not_before is null
                """)
                .param(environment.value())
                .query((row, _) -> new QueueKey(environment, row.getString("queue"), row.getString("concurrency_key")))
                .list();
    }
}
