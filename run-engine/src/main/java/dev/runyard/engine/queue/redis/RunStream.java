package dev.runyard.engine.queue.redis;

import dev.runyard.engine.queue.Lane;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.springframework.jdbc.UncategorizedSQLException;

/// Reads all runs that Redis must know of, however many they are, and keeps two webapps from filling it at once.
public final class RunStream {
    private static final int FILL_LOCK = 0x46494c4c;
    private static final int FETCH_SIZE = 5_000;
    private static final String LIVE = """
            select run_id, environment_id, version, queue, concurrency_key, worker_queue, score, slot_held, execution
            from run_state
            where (execution in ('QUEUED', 'QUEUED_EXECUTING') and not_before is null)
                or (lease_until is not null and slot_held)
            """;

    private final DataSource dataSource;

    public RunStream(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Runs the work if no other webapp does; false where one does.
    boolean aloneOrSkip(Runnable work) {
        try (Connection connection = dataSource.getConnection()) {
            if (!flag(connection, "select pg_try_advisory_lock(" + FILL_LOCK + ")")) {
                return false;
            }
            try {
                work.run();
                return true;
            } finally {
                flag(connection, "select pg_advisory_unlock(" + FILL_LOCK + ")");
            }
        } catch (SQLException e) {
            throw new UncategorizedSQLException("filling Redis", null, e);
        }
    }

    /// Hands every live run to the consumer with whether it holds a slot; returns how many there were.
    int forEachLive(BiConsumer<QueueEntry, Boolean> consumer) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            int count = 0;
            try (PreparedStatement statement = connection.prepareStatement(LIVE)) {
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        consumer.accept(entry(row), row.getBoolean("slot_held"));
                        count++;
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            return count;
        } catch (SQLException e) {
            throw new UncategorizedSQLException("reading live runs", LIVE, e);
        }
    }

    private static QueueEntry entry(ResultSet row) throws SQLException {
        QueueKey key = new QueueKey(
                new EnvironmentId(row.getObject("environment_id", UUID.class)),
                row.getString("queue"),
                row.getString("concurrency_key"));
        return new QueueEntry(
                key,
                row.getString("worker_queue"),
                new RunId(row.getObject("run_id", UUID.class)),
                row.getInt("version"),
                row.getLong("score"),
                row.getString("execution").equals("QUEUED_EXECUTING") ? Lane.RESUME : Lane.START);
    }

    private static boolean flag(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }
}
