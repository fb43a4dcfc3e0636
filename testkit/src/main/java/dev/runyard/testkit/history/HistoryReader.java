package dev.runyard.testkit.history;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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

    /// Only what a run waits for itself, in its newest wait; items of a batch bring outputs and hold nobody.
    private static final String WAITS = """
            select e.run_id, e.wait_round, e.waitpoint_id, w.status = 'COMPLETED' as is_completed, e.is_resolved
            from waitpoint_edge e
            join run_state s on s.run_id = e.run_id and s.wait_round = e.wait_round
            join waitpoint w on w.id = e.waitpoint_id
            where not e.is_carried
            """;
    /// An item whose key led to the run of an earlier call has no run of its own.
    private static final String BATCHES = """
            select b.id, b.received, b.completed_at is not null as is_completed,
                count(*) filter (where i.run_id is null) as failed,
                count(*) filter (where i.is_cached) as cached,
                array_agg(i.run_id) filter (where i.run_id is not null and not i.is_cached) as runs
            from batch b left join batch_item i on i.batch_id = b.id
            where b.received > 0
            group by b.id
            """;

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /// Adds all runs, their steps, what they wait for, and batches.
    public History read(History history) {
        each(RUNS, row -> history.addRun(run(row)));
        each(STEPS, row -> history.addStep(step(row)));
        each(WAITS, row -> history.addWait(wait(row)));
        each(BATCHES, row -> history.addBatch(batch(row)));
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

    private WaitRow wait(ResultSet row) throws SQLException {
        return new WaitRow(
                name.apply(row.getObject("run_id", UUID.class)),
                row.getInt("wait_round"),
                row.getString("waitpoint_id"),
                row.getBoolean("is_completed"),
                row.getBoolean("is_resolved"));
    }

    private static BatchRow batch(ResultSet row) throws SQLException {
        Array runs = row.getArray("runs");
        return new BatchRow(
                row.getString("id"),
                row.getInt("received") - row.getInt("cached"),
                row.getInt("failed"),
                runs == null
                        ? List.of()
                        : Arrays.stream((UUID[]) runs.getArray())
                                .map(UUID::toString)
                                .toList(),
                row.getBoolean("is_completed") ? 1 : 0);
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
