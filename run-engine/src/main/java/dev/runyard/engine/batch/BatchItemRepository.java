package dev.runyard.engine.batch;

import dev.runyard.engine.trigger.TriggerItems;
import dev.runyard.engine.waitpoint.WaitForBatch;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.RunId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes the items of batches.
public final class BatchItemRepository {
    private final JdbcClient jdbc;

    public BatchItemRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// An item that is about to be written.
    ///
    /// @param index its place
    /// @param taskId its task
    /// @param runId the run that it should become, absent where there will be none
    /// @param error why it cannot be triggered as it was asked for
    record Row(
            int index,
            String taskId,
            @Nullable RunId runId,
            @Nullable ItemError error) {}

    /// Finds which of the given places are taken.
    Set<Integer> findTaken(BatchId batch, Collection<Integer> indexes) {
        return new HashSet<>(jdbc.sql("select index from batch_item where batch_id = ? and index = any(?)")
                .param(batch.value())
                .param(indexes.toArray(Integer[]::new))
                .query(Integer.class)
                .list());
    }

    /// Takes the places of items; one that another transaction is taking is waited for.
    ///
    /// @return the places that were free
    Set<Integer> take(BatchId batch, List<Row> rows) {
        return new HashSet<>(jdbc.sql("""
                insert into batch_item (batch_id, index, task_id, run_id, error_code, error)
                select :batch, index, task_id, run_id, error_code, error
                from unnest(:indexes::int[], :tasks::text[], :runs::uuid[], :codes::text[], :errors::text[])
                    as i(index, task_id, run_id, error_code, error)
                order by index
                on conflict do nothing
                returning index
                """)
                .param("batch", batch.value())
                .param("indexes", rows.stream().map(Row::index).toArray(Integer[]::new))
                .param("tasks", rows.stream().map(Row::taskId).toArray(String[]::new))
                .param("runs", rows.stream().map(BatchItemRepository::run).toArray(UUID[]::new))
                .param("codes", rows.stream().map(BatchItemRepository::code).toArray(String[]::new))
                .param("errors", rows.stream().map(BatchItemRepository::message).toArray(String[]::new))
                .query(Integer.class)
                .list());
    }

    private static @Nullable UUID run(Row row) {
        RunId run = row.runId();
        return run == null ? null : run.value();
    }

    private static @Nullable String code(Row row) {
        ItemError error = row.error();
        return error == null ? null : error.code().name();
    }

    private static @Nullable String message(Row row) {
        ItemError error = row.error();
        return error == null ? null : error.message();
    }

    /// Lists the items of a batch that have a run.
    List<WaitForBatch.Item> findRuns(BatchId batch) {
        return jdbc.sql("select index, run_id from batch_item where batch_id = ? and run_id is not null order by index")
                .param(batch.value())
                .query((row, _) ->
                        new WaitForBatch.Item(new RunId(row.getObject("run_id", UUID.class)), row.getInt("index")))
                .list();
    }

    /// Notes the runs of items whose keys led elsewhere.
    void lead(BatchId batch, List<TriggerItems.Triggered> cached) {
        jdbc.sql("""
                update batch_item b set run_id = i.run_id, is_cached = true
                from unnest(:indexes::int[], :runs::uuid[]) as i(index, run_id)
                where b.batch_id = :batch and b.index = i.index
                """)
                .param("batch", batch.value())
                .param(
                        "indexes",
                        cached.stream().map(TriggerItems.Triggered::index).toArray(Integer[]::new))
                .param("runs", cached.stream().map(item -> item.runId().value()).toArray(UUID[]::new))
                .update();
    }

    /// Notes that somebody awaits the ends of runs whose rows the caller holds.
    void markAwaited(Collection<RunId> runs) {
        jdbc.sql("update run_state set awaited = true where run_id = any(?) and not awaited")
                .param(runs.stream().map(RunId::value).toArray(UUID[]::new))
                .update();
    }
}
