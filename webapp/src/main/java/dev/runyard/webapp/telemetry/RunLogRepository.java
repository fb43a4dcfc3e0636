package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class RunLogRepository {
    private final JdbcClient jdbc;

    RunLogRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Counts arriving lines and locks the run's log until the transaction ends; returns the new count.
    long count(RunId run, int lines) {
        return jdbc.sql("""
                insert into run_log_head as head (run_id, received)
                values (:run, :lines)
                on conflict (run_id) do update set received = head.received + excluded.received
                returning received
                """)
                .param("run", run.value())
                .param("lines", lines)
                .query(Long.class)
                .single();
    }

    /// Returns how many lines arrived, 0 where none did.
    long received(RunId run) {
        return jdbc.sql("select received from run_log_head where run_id = :run")
                .param("run", run.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /// Writes lines under the numbers from `firstSeq` on.
    void append(RunId run, long firstSeq, List<LogLine> lines) {
        jdbc.sql("""
                insert into run_log (run_id, seq, at, severity, stream, message, attributes, attempt)
                select :run, :first + line.place - 1, line.at::timestamptz, line.severity, line.stream, line.message,
                    line.attributes::jsonb, line.attempt
                from unnest(:at, :severity, :stream, :message, :attributes, :attempt)
                    with ordinality as line (at, severity, stream, message, attributes, attempt, place)
                """)
                .param("run", run.value())
                .param("first", firstSeq)
                .param("at", column(lines, line -> line.at().toString(), new String[0]))
                .param("severity", column(lines, LogLine::severity, new Integer[0]))
                .param("stream", column(lines, LogLine::stream, new String[0]))
                .param("message", column(lines, LogLine::message, new String[0]))
                .param("attributes", column(lines, LogLine::attributes, new @Nullable String[0]))
                .param("attempt", column(lines, LogLine::attempt, new @Nullable Integer[0]))
                .update();
    }

    /// Reads lines with greater numbers, in their order.
    List<StoredLogLine> after(RunId run, long seq, int limit) {
        return jdbc.sql("""
                select seq, at, severity, stream, message, attributes, attempt from run_log
                where run_id = :run and seq > :seq
                order by seq
                limit :limit
                """)
                .param("run", run.value())
                .param("seq", seq)
                .param("limit", limit)
                .query(RunLogRepository::map)
                .list();
    }

    private static <T extends @Nullable Object> T[] column(List<LogLine> lines, Function<LogLine, T> value, T[] type) {
        return lines.stream().map(value).toList().toArray(type);
    }

    private static StoredLogLine map(ResultSet row, int rowNumber) throws SQLException {
        return new StoredLogLine(
                row.getLong("seq"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                StoredLogLine.levelOf(row.getInt("severity")),
                row.getString("stream"),
                row.getString("message"),
                row.getString("attributes"),
                row.getObject("attempt", Integer.class));
    }
}
