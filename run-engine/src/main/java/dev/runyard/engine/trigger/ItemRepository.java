package dev.runyard.engine.trigger;

import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes the runs of batches, many in a statement.
public final class ItemRepository {
    private static final String[] FAILURES = Arrays.stream(RunStatus.values())
            .filter(RunStatus::isFailure)
            .map(Enum::name)
            .toArray(String[]::new);

    private final JdbcClient jdbc;
    private final Json json;
    private final String writeRuns = Resources.text("/sql/trigger/write_runs.sql");

    public ItemRepository(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Writes runs whose keys are free; returns the outbox id of each, 0 where Redis need not hear of it.
    Map<UUID, Long> write(UUID batch, List<PreparedItem> items) {
        List<ItemRow> rows = items.stream()
                .map(item -> new ItemRow(item.row(), batch, item.index()))
                .toList();
        Map<UUID, Long> written = new HashMap<>();
        jdbc.sql(writeRuns).param("batch", json.write(rows)).query(row -> {
            written.put(row.getObject("id", UUID.class), row.getLong("outbox_id"));
        });
        return written;
    }

    /// Finds the runs that the keys of items lead to; those whose key no longer holds are left out.
    ///
    /// @return the run of each item by the id of the run that the item would have become
    Map<UUID, RunId> findHolders(List<PreparedItem> items, Instant now) {
        Map<UUID, RunId> holders = new HashMap<>();
        jdbc.sql("""
                select i.id, k.run_id
                from unnest(:ids::uuid[], :environments::uuid[], :tasks::text[], :hashes::text[])
                    as i(id, environment_id, task_id, key_hash)
                join idempotency_key k
                    on k.environment_id = i.environment_id and k.kind = 'K' and k.task_id = i.task_id
                    and k.key_hash = decode(i.key_hash, 'hex') and k.expires_at > :now
                join run_state s on s.run_id = k.run_id and s.status <> all(:failures)
                """)
                .param("ids", column(items, TriggerRow::id).toArray(UUID[]::new))
                .param("environments", column(items, TriggerRow::environmentId).toArray(UUID[]::new))
                .param("tasks", column(items, TriggerRow::taskId).toArray(String[]::new))
                .param("hashes", column(items, TriggerRow::keyHash).toArray(String[]::new))
                .param("now", Rows.timestamp(now))
                .param("failures", FAILURES)
                .query(row -> {
                    holders.put(row.getObject("id", UUID.class), new RunId(row.getObject("run_id", UUID.class)));
                });
        return holders;
    }

    private static <T extends @Nullable Object> List<T> column(
            List<PreparedItem> items, Function<TriggerRow, T> value) {
        return items.stream().map(item -> value.apply(item.row())).toList();
    }

    /// Makes a run that was just written alone a member of a batch.
    void adopt(UUID batch, int index, RunId run) {
        jdbc.sql("""
                with member as (
                    update run set batch_id = :batch, batch_index = :index where id = :run
                )
                update run_state set awaited = true where run_id = :run
                """)
                .param("batch", batch)
                .param("index", index)
                .param("run", run.value())
                .update();
    }
}
