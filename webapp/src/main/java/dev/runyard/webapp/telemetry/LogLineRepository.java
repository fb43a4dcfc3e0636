package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.auth.RunIdentity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class LogLineRepository {
    private final JdbcClient jdbc;

    LogLineRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Writes lines under the numbers from `firstSeq` on.
    void append(RunIdentity run, long firstSeq, List<LogLine> lines) {
        Columns<LogLine> columns = new Columns<>(lines);
        jdbc.sql("""
                insert into run_log
                    (run_id, environment_id, seq, at, severity, stream, message, attributes, attempt, span_id)
                select :run, :environment, :first + line.place - 1, line.at::timestamptz, line.severity, line.stream,
                    line.message, line.attributes::jsonb, line.attempt, line.span
                from unnest(:at, :severity, :stream, :message, :attributes, :attempt, :span)
                    with ordinality as line (at, severity, stream, message, attributes, attempt, span, place)
                """)
                .param("run", run.run().value())
                .param("environment", run.environment().value())
                .param("first", firstSeq)
                .param("at", columns.texts(line -> line.at().toString()))
                .param("severity", columns.numbers(LogLine::severity))
                .param("stream", columns.texts(LogLine::stream))
                .param("message", columns.texts(LogLine::message))
                .param("attributes", columns.texts(LogLine::attributes))
                .param("attempt", columns.numbers(LogLine::attempt))
                .param("span", columns.texts(LogLine::spanId))
                .update();
    }

    /// Reads lines with greater numbers, in their order.
    List<StoredLogLine> after(RunId run, long seq, int limit) {
        return jdbc.sql("""
                select seq, at, severity, stream, message, attributes, attempt, span_id from run_log
                where run_id = :run and seq > :seq
                order by seq
                limit :limit
                """)
                .param("run", run.value())
                .param("seq", seq)
                .param("limit", limit)
                .query(LogLineRepository::map)
                .list();
    }

    static StoredLogLine map(ResultSet row, int rowNumber) throws SQLException {
        return new StoredLogLine(
                row.getLong("seq"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                StoredLogLine.levelOf(row.getInt("severity")),
                row.getString("stream"),
                row.getString("message"),
                row.getString("attributes"),
                attempt(row),
                row.getString("span_id"));
    }

    private static @Nullable Integer attempt(ResultSet row) throws SQLException {
        return row.getObject("attempt", Integer.class);
    }
}
