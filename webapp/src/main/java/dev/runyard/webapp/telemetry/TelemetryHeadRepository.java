package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.auth.RunIdentity;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// How much of each run arrived. Counting locks the run's telemetry until the transaction ends.
@Repository
class TelemetryHeadRepository {
    private final JdbcClient jdbc;

    TelemetryHeadRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Counts what arrives and returns the new counts.
    TelemetryHead count(RunIdentity run, int lines, int spanChanges) {
        return jdbc.sql("""
                insert into run_telemetry as head (run_id, environment_id, lines, span_changes)
                values (:run, :environment, :lines, :changes)
                on conflict (run_id) do update set
                    lines = head.lines + excluded.lines,
                    span_changes = head.span_changes + excluded.span_changes
                returning lines, spans, span_changes
                """)
                .param("run", run.run().value())
                .param("environment", run.environment().value())
                .param("lines", lines)
                .param("changes", spanChanges)
                .query(TelemetryHeadRepository::map)
                .single();
    }

    /// Counts spans that are kept.
    void keepSpans(RunId run, int more) {
        jdbc.sql("update run_telemetry set spans = spans + :more where run_id = :run")
                .param("run", run.value())
                .param("more", more)
                .update();
    }

    TelemetryHead find(RunId run) {
        return jdbc.sql("select lines, spans, span_changes from run_telemetry where run_id = :run")
                .param("run", run.value())
                .query(TelemetryHeadRepository::map)
                .optional()
                .orElse(TelemetryHead.NONE);
    }

    private static TelemetryHead map(ResultSet row, int rowNumber) throws SQLException {
        return new TelemetryHead(row.getLong("lines"), row.getInt("spans"), row.getLong("span_changes"));
    }
}
