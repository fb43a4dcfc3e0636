package dev.runyard.engine.timer;

import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of timers.
public final class TimerRepository {
    private final JdbcClient jdbc;

    public TimerRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Timer> findDue(Instant now, int limit) {
        return jdbc.sql("select kind, run_id, due_at from timer where due_at <= ? order by due_at limit ?")
                .param(Rows.timestamp(now))
                .param(limit)
                .query((row, _) -> new Timer(
                        Timer.Kind.valueOf(row.getString("kind")),
                        new RunId(row.getObject("run_id", UUID.class)),
                        Rows.requiredInstant(row, "due_at")))
                .list();
    }

    Optional<Instant> findNextDue() {
        return jdbc.sql("select due_at from timer order by due_at limit 1")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /// Removes a timer that had nothing to do, unless it was armed anew in the meantime.
    void remove(Timer timer) {
        jdbc.sql("delete from timer where kind = ? and run_id = ? and due_at = ?")
                .param(timer.kind().name())
                .param(timer.runId().value())
                .param(Rows.timestamp(timer.dueAt()))
                .update();
    }
}
