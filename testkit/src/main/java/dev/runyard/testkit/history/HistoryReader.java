package dev.runyard.testkit.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Reads what the database of an engine says into a history.
///
/// @param database where
/// @param name makes the public id of a run
public record HistoryReader(DataSource database, Function<UUID, String> name) {
    private static final String RUNS = """
            select s.*, r.output from run_state s left join run_result r on r.run_id = s.run_id
            """;
    private static final String STEPS = "select * from run_transition order by run_id, version";

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /// Adds all runs and their steps.
    public History read(History history) {
        each(RUNS, row -> history.addRun(run(row)));
        each(STEPS, row -> history.addStep(step(row)));
        return history;
    }

    private void each(String sql, RowReader reader) {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the history could not be read", e);
        }
    }

    private RunRow run(ResultSet row) throws SQLException {
        return new RunRow(
                name.apply(row.getObject("run_id", UUID.class)),
                row.getString("environment_id"),
                row.getString("task_id"),
                row.getString("queue"),
                row.getString("concurrency_key"),
                row.getString("status"),
                row.getString("execution"),
                row.getInt("version"),
                row.getInt("attempt"),
                row.getObject("max_attempts", Integer.class),
                row.getBoolean("slot_held"),
                instant(row.getTimestamp("delay_until")),
                row.getString("output"));
    }

    private Step step(ResultSet row) throws SQLException {
        return new Step(
                name.apply(row.getObject("run_id", UUID.class)),
                row.getInt("version"),
                row.getString("event"),
                row.getString("execution"),
                row.getString("status"),
                row.getInt("attempt"),
                row.getTimestamp("at").toInstant());
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
