package dev.runyard.engine.gate;

import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.EnvironmentId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes limits and pauses.
public final class GateRepository {
    private final JdbcClient jdbc;

    public GateRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void declare(EnvironmentId environment, QueueDeclaration queue) {
        jdbc.sql("""
                insert into task_queue (environment_id, name, concurrency_limit, combined_limit)
                values (?, ?, ?, ?)
                on conflict (environment_id, name) do update
                set concurrency_limit = excluded.concurrency_limit,
                    combined_limit = coalesce(excluded.combined_limit, task_queue.combined_limit)
                """)
                .param(environment.value())
                .param(queue.name())
                .param(queue.concurrencyLimit())
                .param(queue.combinedLimit())
                .update();
    }

    void pause(EnvironmentId environment, String queue, boolean isPaused) {
        jdbc.sql("""
                insert into task_queue (environment_id, name, is_paused)
                values (?, ?, ?)
                on conflict (environment_id, name) do update set is_paused = excluded.is_paused
                """).param(environment.value()).param(queue).param(isPaused).update();
    }

    /// An operator's limit: one of the first two.
    record Replacement(@Nullable Integer limit, @Nullable BigDecimal percent, QueueView.@Nullable Overridden made) {
        static final Replacement NONE = new Replacement(null, null, null);
    }

    void override(EnvironmentId environment, String queue, Replacement replacement) {
        QueueView.Overridden made = replacement.made();
        jdbc.sql("""
                insert into task_queue (
                    environment_id, name, override_limit, override_percent, overridden_at, overridden_by)
                values (?, ?, ?, ?, ?, ?)
                on conflict (environment_id, name) do update
                set override_limit = excluded.override_limit, override_percent = excluded.override_percent,
                    overridden_at = excluded.overridden_at, overridden_by = excluded.overridden_by
                """)
                .param(environment.value())
                .param(queue)
                .param(replacement.limit())
                .param(replacement.percent())
                .param(made == null ? null : Rows.timestamp(made.at()))
                .param(made == null ? null : made.by())
                .update();
    }

    void limitCombined(EnvironmentId environment, String queue, @Nullable Integer limit) {
        jdbc.sql("""
                insert into task_queue (environment_id, name, combined_limit)
                values (?, ?, ?)
                on conflict (environment_id, name) do update set combined_limit = excluded.combined_limit
                """).param(environment.value()).param(queue).param(limit).update();
    }

    void pause(EnvironmentId environment, Instant now) {
        jdbc.sql("insert into paused_environment (environment_id, paused_at) values (?, ?) on conflict do nothing")
                .param(environment.value())
                .param(Rows.timestamp(now))
                .update();
    }

    void resume(EnvironmentId environment) {
        jdbc.sql("delete from paused_environment where environment_id = ?")
                .param(environment.value())
                .update();
    }

    Optional<Instant> findPause(EnvironmentId environment) {
        return jdbc.sql("select paused_at from paused_environment where environment_id = ?")
                .param(environment.value())
                .query((row, _) -> Rows.requiredInstant(row, "paused_at"))
                .optional();
    }
}
