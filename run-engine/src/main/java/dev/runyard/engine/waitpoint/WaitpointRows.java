package dev.runyard.engine.waitpoint;

import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.WaitpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// Maps rows of waitpoints. The output of a run's waitpoint is the result of the run.
final class WaitpointRows {
    /// What `map` needs; the tables are `w` and `r`.
    static final String COLUMNS = """
            w.id, w.environment_id, w.kind, w.due_at, w.idempotency_key, w.key_expires_at, w.tags, w.created_at,
            w.completed_at, w.output_is_error,
            coalesce(w.output, r.output, r.error::text) as output,
            coalesce(w.output_type, r.output_type, case when r.error is null then null else 'application/json' end)
                as output_type
            """;

    static final String RESULT = """
            left join run_result r on w.kind = 'RUN' and w.status = 'COMPLETED' and r.run_id = w.id
            """;

    private WaitpointRows() {}

    static Waitpoint map(ResultSet row) throws SQLException {
        return new Waitpoint(
                new WaitpointId(row.getObject("id", UUID.class)),
                new EnvironmentId(row.getObject("environment_id", UUID.class)),
                WaitpointKind.valueOf(row.getString("kind")),
                Rows.instant(row, "due_at"),
                row.getString("idempotency_key"),
                Rows.instant(row, "key_expires_at"),
                Rows.texts(row, "tags"),
                Rows.requiredInstant(row, "created_at"),
                Rows.instant(row, "completed_at"),
                new WaitpointOutput(
                        row.getString("output"), row.getString("output_type"), row.getBoolean("output_is_error")));
    }

    static CompletedWait mapWait(ResultSet row) throws SQLException {
        int index = row.getInt("batch_index");
        UUID batch = Rows.uuid(row, "batch_id");
        return new CompletedWait(map(row), index < 0 ? null : index, batch == null ? null : new BatchId(batch));
    }
}
