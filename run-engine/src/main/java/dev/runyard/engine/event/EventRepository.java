package dev.runyard.engine.event;

import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads the feed and keeps the places of its readers.
public final class EventRepository {
    private final JdbcClient jdbc;
    private final String readEvents = Resources.text("/sql/event/read_events.sql");
    private final String readPredecessors = Resources.text("/sql/event/read_predecessors.sql");

    public EventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Returns the number below which every transaction has ended: what it wrote is visible from now on, or
    /// never will be.
    long horizon() {
        return jdbc.sql("""
                        select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + shift
                        from event_order where id = 0
                        """).query(Long.class).single();
    }

    /// Reads events behind a position, of transactions with a lower number than the given one.
    List<DomainEvent> read(EventPosition after, long until, int limit) {
        return jdbc.sql(readEvents)
                .param("tx", after.tx())
                .param("run", after.runId())
                .param("version", after.version())
                .param("until", until)
                .param("limit", limit)
                .query(EventRepository::map)
                .list();
    }

    /// Reads events behind a position that come before the given versions of their runs.
    List<DomainEvent> readPredecessors(EventPosition behind, Map<RunId, Integer> newest) {
        return jdbc.sql(readPredecessors)
                .param("runs", newest.keySet().stream().map(RunId::value).toArray(UUID[]::new))
                .param("versions", newest.values().toArray(Integer[]::new))
                .param("tx", behind.tx())
                .param("run", behind.runId())
                .param("version", behind.version())
                .query(EventRepository::map)
                .list();
    }

    private static DomainEvent map(ResultSet row, int rowNumber) throws SQLException {
        UUID run = row.getObject("run_id", UUID.class);
        int version = row.getInt("version");
        return new DomainEvent(
                new RunId(run),
                version,
                new EnvironmentId(row.getObject("environment_id", UUID.class)),
                row.getString("task_id"),
                RunEvent.valueOf(row.getString("event")),
                ExecutionStatus.valueOf(row.getString("execution")),
                RunStatus.valueOf(row.getString("status")),
                row.getInt("attempt"),
                row.getString("detail"),
                Rows.requiredInstant(row, "at"),
                new EventPosition(row.getLong("tx"), run, version));
    }

    /// Adds a reader, unless there is one of that name.
    void addCursor(String consumer, EventPosition start, Instant now) {
        jdbc.sql("""
                insert into event_cursor (consumer, tx, run_id, version, moved_at) values (?, ?, ?, ?, ?)
                on conflict do nothing
                """)
                .param(consumer)
                .param(start.tx())
                .param(start.runId())
                .param(start.version())
                .param(Rows.timestamp(now))
                .update();
    }

    Optional<EventPosition> findCursor(String consumer) {
        return jdbc.sql("select tx, run_id, version from event_cursor where consumer = ?")
                .param(consumer)
                .query((row, _) -> new EventPosition(
                        row.getLong("tx"), row.getObject("run_id", UUID.class), row.getInt("version")))
                .optional();
    }

    List<String> consumers() {
        return jdbc.sql("select consumer from event_cursor order by consumer")
                .query((row, _) -> row.getString("consumer"))
                .list();
    }

    /// Moves a reader on from where it stood; false where somebody else moved it.
    boolean moveCursor(String consumer, EventPosition from, EventPosition to, Instant now) {
        return jdbc.sql("""
                        update event_cursor set tx = ?, run_id = ?, version = ?, moved_at = ?
                        where consumer = ? and tx = ? and run_id = ? and version = ?
                        """)
                        .param(to.tx())
                        .param(to.runId())
                        .param(to.version())
                        .param(Rows.timestamp(now))
                        .param(consumer)
                        .param(from.tx())
                        .param(from.runId())
                        .param(from.version())
                        .update()
                == 1;
    }

    void removeCursor(String consumer) {
        jdbc.sql("delete from event_cursor where consumer = ?").param(consumer).update();
    }

    /// Tells whether a reader stands behind everything that this server can write: it was restored from
    /// a dump.
    boolean isBehindItsReaders() {
        return jdbc.sql("""
                        select exists (
                            select from event_cursor, event_order
                            where tx > pg_snapshot_xmax(pg_current_snapshot())::text::bigint + shift)
                        """).query(Boolean.class).single();
    }

    /// Makes the next transaction's number greater than all that were written, within the caller's
    /// transaction.
    void shiftNumbers() {
        jdbc.sql("lock table event_order in exclusive mode").update();
        if (!isBehindItsReaders()) {
            return;
        }
        long shift = jdbc.sql("""
                        update event_order
                        set shift = greatest(
                            (select coalesce(max(tx), 0) from event_cursor),
                            (select coalesce(max(tx), 0) from run_transition))
                        returning shift
                        """).query(Long.class).single();
        jdbc.sql("alter table run_transition alter column tx set default (pg_current_xact_id()::text::bigint + " + shift
                        + ")")
                .update();
    }
}
