package dev.runyard.engine.batch;

import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes batches. Every change is one conditional statement; who finds no row was too late.
public final class BatchRepository {
    private final JdbcClient jdbc;
    private final String receiveItems = Resources.text("/sql/batch/receive_items.sql");
    private final String noteFinish = Resources.text("/sql/batch/note_finish.sql");
    private final String countFinished = Resources.text("/sql/batch/count_finished.sql");

    public BatchRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<BatchView> find(BatchId batch) {
        return jdbc.sql("select * from batch where id = ?")
                .param(batch.value())
                .query((row, _) -> map(row))
                .optional();
    }

    Optional<BatchView> find(EnvironmentId environment, BatchId batch) {
        return find(batch).filter(found -> found.environmentId().equals(environment));
    }

    /// Makes a batch and the timer that aborts it.
    void write(BatchView batch, Instant abortAt) {
        RunId parent = batch.parent();
        jdbc.sql("""
                with made as (
                    insert into batch (
                        id, environment_id, expected, idempotency_key, parent_run_id, is_awaited, created_at, updated_at,
                        status)
                    values (:id, :environment, :expected, :key, :parent, :awaited, :at, :at, 'PENDING')
                )
                insert into timer (kind, subject_id, due_at) values ('BATCH_SEAL', :id, :abort_at)
                """)
                .param("id", batch.id().value())
                .param("environment", batch.environmentId().value())
                .param("expected", batch.expected())
                .param("key", batch.idempotencyKey())
                .param("parent", parent == null ? null : parent.value())
                .param("awaited", batch.isAwaited())
                .param("at", Rows.timestamp(batch.createdAt()))
                .param("abort_at", Rows.timestamp(abortAt))
                .update();
    }

    /// Notes that a run waits for a batch, whose row the caller then holds; returns the batch.
    BatchView markAwaited(BatchId batch) {
        return jdbc.sql("update batch set is_awaited = true where id = ? returning *")
                .param(batch.value())
                .query((row, _) -> map(row))
                .single();
    }

    /// What a chunk added.
    ///
    /// @param received new items
    /// @param failed those without a run
    /// @param finished those whose run has ended already
    record Received(int received, int failed, int finished) {}

    /// Counts items that arrived; the last one seals the batch.
    ///
    /// @return the batch with them, or nothing where it was sealed or aborted meanwhile
    Optional<BatchView> receive(BatchId batch, Received items, Instant now) {
        return jdbc.sql(receiveItems)
                .param("batch", batch.value())
                .param("received", items.received())
                .param("failed", items.failed())
                .param("finished", items.finished())
                .param("at", Rows.timestamp(now))
                .query((row, _) -> map(row))
                .optional();
    }

    /// Notes the end of a run for the batches that have it as an item, and locks none of them.
    ///
    /// @return these batches
    List<BatchId> noteFinish(RunId run) {
        return jdbc.sql(noteFinish)
                .param("run", run.value())
                .query((row, _) -> new BatchId(row.getObject("batch_id", UUID.class)))
                .list();
    }

    /// Counts the ends that were noted; returns the batch where it ended with them.
    Optional<BatchView> countFinished(BatchId batch, Instant now) {
        return jdbc.sql(countFinished)
                .param("batch", batch.value())
                .param("at", Rows.timestamp(now))
                .query((row, _) -> map(row))
                .optional();
    }

    /// Finds batches with ends that were noted and not counted.
    List<BatchId> findUncounted(int limit) {
        return jdbc.sql("select distinct batch_id from batch_finish order by batch_id limit ?")
                .param(limit)
                .query((row, _) -> new BatchId(row.getObject("batch_id", UUID.class)))
                .list();
    }

    /// Aborts a batch that does not have all its items; the timer goes with it.
    Optional<BatchView> abort(BatchId batch, Instant now) {
        return jdbc.sql("""
                with aborted as (
                    update batch set status = 'ABORTED', completed_at = :at, updated_at = :at
                    where id = :batch and status = 'PENDING' and sealed_at is null
                    returning *
                ), disarmed as (
                    delete from timer where kind = 'BATCH_SEAL' and subject_id in (select id from aborted)
                )
                select * from aborted
                """)
                .param("batch", batch.value())
                .param("at", Rows.timestamp(now))
                .query((row, _) -> map(row))
                .optional();
    }

    static BatchView map(ResultSet row) throws SQLException {
        UUID parent = Rows.uuid(row, "parent_run_id");
        return new BatchView(
                new BatchId(row.getObject("id", UUID.class)),
                new EnvironmentId(row.getObject("environment_id", UUID.class)),
                BatchStatus.valueOf(row.getString("status")),
                row.getString("idempotency_key"),
                parent == null ? null : new RunId(parent),
                row.getBoolean("is_awaited"),
                row.getInt("expected"),
                row.getInt("received"),
                row.getInt("failed"),
                row.getInt("finished"),
                Rows.requiredInstant(row, "created_at"),
                Rows.requiredInstant(row, "updated_at"),
                Rows.instant(row, "sealed_at"),
                Rows.instant(row, "completed_at"));
    }
}
