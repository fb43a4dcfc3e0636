package dev.runyard.engine.batch;

import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads batches.
public final class BatchQueries {
    private final JdbcClient jdbc;
    private final Json json;

    public BatchQueries(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Finds a batch of an environment.
    public Optional<BatchView> find(EnvironmentId environment, BatchId batch) {
        return jdbc.sql("select * from batch where id = ? and environment_id = ?")
                .param(batch.value())
                .param(environment.value())
                .query((row, _) -> BatchRepository.map(row))
                .optional();
    }

    /// Lists batches of an environment, newest first.
    ///
    /// @param size most batches, at least 1
    /// @param after show batches older than this one
    public BatchPage list(EnvironmentId environment, int size, @Nullable BatchId after) {
        List<BatchView> found = new ArrayList<>(jdbc.sql("""
                select * from batch
                where environment_id = :environment and (:after::uuid is null or id < :after)
                order by id desc
                limit :limit
                """)
                .param("environment", environment.value())
                .param("after", after == null ? null : after.value())
                .param("limit", size + 1)
                .query((row, _) -> BatchRepository.map(row))
                .list());
        boolean more = found.size() > size;
        if (more) {
            found.removeLast();
        }
        return new BatchPage(found, more ? found.getLast().id() : null);
    }

    /// Lists the items of a batch that are there, in their order.
    public List<BatchItemView> items(EnvironmentId environment, BatchId batch) {
        return jdbc.sql("""
                select i.*, s.status
                from batch b
                join batch_item i on i.batch_id = b.id
                left join run_state s on s.run_id = i.run_id
                where b.id = ? and b.environment_id = ?
                order by i.index
                """)
                .param(batch.value())
                .param(environment.value())
                .query((row, _) -> item(row))
                .list();
    }

    private static BatchItemView item(ResultSet row) throws SQLException {
        UUID run = Rows.uuid(row, "run_id");
        String status = row.getString("status");
        String code = row.getString("error_code");
        return new BatchItemView(
                row.getInt("index"),
                row.getString("task_id"),
                run == null ? null : new RunId(run),
                status == null ? null : RunStatus.valueOf(status),
                row.getBoolean("is_cached"),
                code == null ? null : new ItemError(ItemError.Code.valueOf(code), row.getString("error")));
    }

    /// Lists the results of the items whose runs have ended, in the order of the items.
    public List<BatchResult> results(EnvironmentId environment, BatchId batch) {
        return jdbc.sql("""
                select
                    i.index, s.run_id, s.task_id, s.status, s.attempt, s.usage_ms, r.output, r.output_type, r.error
                from batch b
                join batch_item i on i.batch_id = b.id
                join run_state s on s.run_id = i.run_id and s.execution = 'FINISHED'
                left join run_result r on r.run_id = s.run_id
                where b.id = ? and b.environment_id = ?
                order by i.index
                """)
                .param(batch.value())
                .param(environment.value())
                .query((row, _) -> result(row))
                .list();
    }

    private BatchResult result(ResultSet row) throws SQLException {
        return new BatchResult(
                row.getInt("index"),
                new RunId(row.getObject("run_id", UUID.class)),
                row.getString("task_id"),
                RunStatus.valueOf(row.getString("status")),
                row.getInt("attempt"),
                row.getLong("usage_ms"),
                row.getString("output"),
                row.getString("output_type"),
                json.readOrNull(row.getString("error"), TaskRunError.class));
    }
}
