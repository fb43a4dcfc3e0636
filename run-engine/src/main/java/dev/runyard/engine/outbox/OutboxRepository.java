package dev.runyard.engine.outbox;

import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of the outbox.
public final class OutboxRepository {
    private final JdbcClient jdbc;

    public OutboxRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(long id, Projection.Topic topic, @Nullable RunId runId, EnvironmentId environmentId, int version) {}

    /// Reads rows that their own process had time to apply but has not, oldest first.
    List<Row> findOlderThan(Instant instant, long afterId, int limit) {
        return jdbc.sql("""
                select id, topic, run_id, environment_id, version
                from outbox
                where created_at <= ? and id > ?
                order by id
                limit ?
                """)
                .param(Rows.timestamp(instant))
                .param(afterId)
                .param(limit)
                .query((row, _) -> {
                    UUID run = Rows.uuid(row, "run_id");
                    return new Row(
                            row.getLong("id"),
                            Projection.Topic.valueOf(row.getString("topic")),
                            run == null ? null : new RunId(run),
                            new EnvironmentId(row.getObject("environment_id", UUID.class)),
                            row.getInt("version"));
                })
                .list();
    }

    /// Returns when the oldest row after another was written.
    Optional<Instant> findOldestAfter(long id) {
        return jdbc.sql("select created_at from outbox where id > ? order by id limit 1")
                .param(id)
                .query((row, _) -> Rows.requiredInstant(row, "created_at"))
                .optional();
    }

    /// Returns the id that was given to a row last; its transaction may not have committed.
    long lastGiven() {
        return jdbc.sql("select last_value from outbox_id_seq")
                .query(Long.class)
                .single();
    }

    void delete(Collection<Long> ids) {
        jdbc.sql("delete from outbox where id = any(?)")
                .param(ids.toArray(Long[]::new))
                .update();
    }

    /// Writes a row that tells every Redis to read the limits of an environment again.
    ///
    /// @return its id
    public long announceLimits(EnvironmentId environment, Instant now) {
        return jdbc.sql("""
                insert into outbox (topic, environment_id, version, created_at)
                values ('LIMITS', ?, 0, ?)
                returning id
                """)
                .param(environment.value())
                .param(Rows.timestamp(now))
                .query(Long.class)
                .single();
    }
}
