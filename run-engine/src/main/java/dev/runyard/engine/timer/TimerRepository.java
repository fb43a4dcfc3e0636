package dev.runyard.engine.timer;

import dev.runyard.engine.store.Rows;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of timers.
public final class TimerRepository {
    private final JdbcClient jdbc;

    public TimerRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Timer> findDue(Set<Timer.Kind> kinds, Instant now, int limit) {
        return jdbc.sql("""
                select kind, subject_id, due_at
                from timer
                where due_at <= ? and kind = any(?)
                order by due_at
                limit ?
                """)
                .param(Rows.timestamp(now))
                .param(names(kinds))
                .param(limit)
                .query((row, _) -> new Timer(
                        Timer.Kind.valueOf(row.getString("kind")),
                        row.getObject("subject_id", UUID.class),
                        Rows.requiredInstant(row, "due_at")))
                .list();
    }

    Optional<Instant> findNextDue(Set<Timer.Kind> kinds) {
        return jdbc.sql("select due_at from timer where kind = any(?) order by due_at limit 1")
                .param(names(kinds))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    /// Removes a timer that had nothing to do, unless it was armed anew in the meantime.
    void remove(Timer timer) {
        jdbc.sql("delete from timer where kind = ? and subject_id = ? and due_at = ?")
                .param(timer.kind().name())
                .param(timer.subject())
                .param(Rows.timestamp(timer.dueAt()))
                .update();
    }

    private static String[] names(Set<Timer.Kind> kinds) {
        return kinds.stream().map(Enum::name).toArray(String[]::new);
    }
}
