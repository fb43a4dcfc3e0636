package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SpanRepository {
    private static final String COLUMNS =
            "span_id, parent_id, kind, name, started_at, ended_at, status, status_message, attributes, events, attempt, change";

    private final JdbcClient jdbc;

    SpanRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Returns those of the given spans that are kept already.
    Set<String> known(RunId run, Collection<String> ids) {
        return new HashSet<>(jdbc.sql("select span_id from run_span where run_id = :run and span_id = any(:ids)")
                .param("run", run.value())
                .param("ids", ids.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /// Writes spans under the changes from `firstChange` on; a span that has ended stays as it is. No span may be there
    /// twice.
    void write(RunId run, long firstChange, List<SpanRecord> spans) {
        Columns<SpanRecord> columns = new Columns<>(spans);
        jdbc.sql("""
                insert into run_span as known (run_id, change, span_id, parent_id, kind, name, started_at, ended_at,
                    status, status_message, attributes, events, attempt)
                select :run, :first + s.place - 1, s.id, s.parent, s.kind, s.name, s.start_at::timestamptz,
                    s.end_at::timestamptz, s.status, s.reason, s.attributes::jsonb, s.events::jsonb, s.attempt
                from unnest(:id, :parent, :kind, :name, :start, :end, :status, :reason, :attributes, :events, :attempt)
                    with ordinality
                    as s (id, parent, kind, name, start_at, end_at, status, reason, attributes, events, attempt, place)
                on conflict (run_id, span_id) do update set
                    change = excluded.change, parent_id = excluded.parent_id, kind = excluded.kind,
                    name = excluded.name, started_at = excluded.started_at, ended_at = excluded.ended_at,
                    status = excluded.status, status_message = excluded.status_message,
                    attributes = excluded.attributes, events = excluded.events, attempt = excluded.attempt
                where known.ended_at is null
                """)
                .param("run", run.value())
                .param("first", firstChange)
                .param("id", columns.texts(SpanRecord::id))
                .param("parent", columns.texts(SpanRecord::parentId))
                .param("kind", columns.texts(span -> span.kind().name()))
                .param("name", columns.texts(SpanRecord::name))
                .param("start", columns.texts(span -> span.start().toString()))
                .param("end", columns.texts(SpanRepository::end))
                .param("status", columns.texts(span -> span.status().name()))
                .param("reason", columns.texts(SpanRecord::statusMessage))
                .param("attributes", columns.texts(SpanRecord::attributes))
                .param("events", columns.texts(SpanRecord::events))
                .param("attempt", columns.numbers(SpanRecord::attempt))
                .update();
    }

    /// Reads spans that were written after a change, in the order of their changes.
    List<StoredSpan> after(RunId run, long change, int limit) {
        return jdbc.sql("select " + COLUMNS + """
                 from run_span
                where run_id = :run and change > :change
                order by change
                limit :limit
                """)
                .param("run", run.value())
                .param("change", change)
                .param("limit", limit)
                .query(SpanRepository::map)
                .list();
    }

    private static @Nullable String end(SpanRecord span) {
        return span.end() == null ? null : span.end().toString();
    }

    private static StoredSpan map(ResultSet row, int rowNumber) throws SQLException {
        OffsetDateTime end = row.getObject("ended_at", OffsetDateTime.class);
        return new StoredSpan(
                row.getString("span_id"),
                row.getString("parent_id"),
                SpanKind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                end == null ? null : end.toInstant(),
                SpanStatus.valueOf(row.getString("status")),
                row.getString("status_message"),
                row.getString("attributes"),
                row.getString("events"),
                row.getObject("attempt", Integer.class),
                row.getLong("change"));
    }
}
