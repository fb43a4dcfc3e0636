package dev.runyard.engine.gate;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.QueueSettings;
import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.EnvironmentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads queues with what waits and runs in them, from the states of runs.
public final class QueueViewRepository {
    private final JdbcClient jdbc;
    private final String nameQueues = Resources.text("/sql/gate/name_queues.sql");
    private final String countQueues = Resources.text("/sql/gate/count_queues.sql");
    private final String listKeys = Resources.text("/sql/gate/list_keys.sql");

    public QueueViewRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<String> names(EnvironmentId environment) {
        return jdbc.sql(nameQueues)
                .param("environment", environment.value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    Optional<QueueView> find(EnvironmentSettings environment, String name) {
        return count(environment, List.of(name)).stream().findFirst();
    }

    /// Counts what waits and runs in queues; those that have neither settings nor runs are left out.
    List<QueueView> count(EnvironmentSettings environment, Collection<String> names) {
        return jdbc.sql(countQueues)
                .param("environment", environment.id().value())
                .param("names", names.toArray(String[]::new))
                .query((row, _) -> {
                    QueueSettings settings = QueueLimitRepository.settings(row);
                    return new QueueView(
                            settings,
                            settings.limitIn(environment.concurrencyLimit()),
                            row.getLong("queued"),
                            row.getLong("running"),
                            overridden(row));
                })
                .list();
    }

    private static QueueView.@Nullable Overridden overridden(ResultSet row) throws SQLException {
        Instant at = Rows.instant(row, "overridden_at");
        return at == null ? null : new QueueView.Overridden(at, row.getString("overridden_by"));
    }

    List<QueueView.Key> keys(EnvironmentId environment, String queue, int size) {
        return jdbc.sql(listKeys)
                .param("environment", environment.value())
                .param("queue", queue)
                .param("limit", size)
                .query((row, _) -> new QueueView.Key(
                        row.getString("concurrency_key"), row.getLong("queued"), row.getLong("running")))
                .list();
    }

    /// Counts what waits in a queue, up to a number.
    int countQueued(EnvironmentId environment, String queue, int most) {
        return jdbc.sql("""
                select count(*)
                from (
                    select 1
                    from run_state
                    where environment_id = ? and queue = ? and execution in ('QUEUED', 'QUEUED_EXECUTING')
                    limit ?
                ) waiting
                """)
                .param(environment.value())
                .param(queue)
                .param(most)
                .query(Integer.class)
                .single();
    }

    /// A queue with its counts, for metrics.
    record Measured(UUID environment, String queue, long queued, long running) {}

    /// Reads the queues with the most runs over all environments.
    List<Measured> busiest(int most) {
        return jdbc.sql("""
                select
                    environment_id, queue,
                    count(*) filter (where not slot_held) as queued,
                    count(*) filter (where slot_held) as running
                from run_state
                where execution in ('QUEUED', 'QUEUED_EXECUTING') or (lease_until is not null and slot_held)
                group by environment_id, queue
                order by count(*) desc, environment_id, queue
                limit ?
                """)
                .param(most)
                .query((row, _) -> new Measured(
                        row.getObject("environment_id", UUID.class),
                        row.getString("queue"),
                        row.getLong("queued"),
                        row.getLong("running")))
                .list();
    }
}
