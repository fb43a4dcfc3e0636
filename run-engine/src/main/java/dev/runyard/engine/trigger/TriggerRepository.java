package dev.runyard.engine.trigger;

import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes triggered runs and looks after idempotency keys.
public final class TriggerRepository {
    private final JdbcClient jdbc;
    private final Json json;
    private final String writeRuns = Resources.text("/sql/trigger/write_runs.sql");

    public TriggerRepository(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Writes runs in one statement; returns the outbox id of each that was written, 0 where Redis need not hear of it.
    Map<UUID, Long> write(List<TriggerRow> rows) {
        Map<UUID, Long> written = new HashMap<>();
        jdbc.sql(writeRuns).param("batch", json.write(rows)).query(row -> {
            written.put(row.getObject("id", UUID.class), row.getLong("outbox_id"));
        });
        return written;
    }

    /// A key as it is stored.
    ///
    /// @param runId run that it leads to
    /// @param expiresAt until when
    record StoredKey(RunId runId, Instant expiresAt) {}

    /// Locks a key, taking it for the row's run where it is free; returns what it leads to.
    StoredKey lockKey(TriggerRow row, char kind, String hash, Instant expiresAt) {
        return jdbc.sql("""
                insert into idempotency_key as held (environment_id, kind, task_id, key_hash, run_id, expires_at)
                values (:environment, :kind, :task, decode(:hash, 'hex'), :run, :expires)
                on conflict (environment_id, kind, task_id, key_hash) do update set run_id = held.run_id
                returning run_id, expires_at
                """)
                .params(keyParams(row, kind, hash, expiresAt))
                .query((stored, _) -> new StoredKey(
                        new RunId(stored.getObject("run_id", UUID.class)), Rows.requiredInstant(stored, "expires_at")))
                .single();
    }

    /// Makes a locked key lead to a run.
    void pointKey(TriggerRow row, char kind, String hash, StoredKey target) {
        Map<String, Object> params = keyParams(row, kind, hash, target.expiresAt());
        params.put("run", target.runId().value());
        jdbc.sql("""
                update idempotency_key set run_id = :run, expires_at = :expires
                where environment_id = :environment and kind = :kind and task_id = :task
                    and key_hash = decode(:hash, 'hex')
                """).params(params).update();
    }

    /// Tells whether a key of the row leads to a run already.
    boolean hasKey(TriggerRow row) {
        if (row.keyHash() == null && row.requestHash() == null) {
            return false;
        }
        return jdbc.sql("""
                select exists (
                    select 1 from idempotency_key
                    where environment_id = ? and task_id = ? and expires_at > ?
                        and ((kind = 'K' and key_hash = decode(?, 'hex')) or (kind = 'R' and key_hash = decode(?, 'hex'))))
                """)
                .param(row.environmentId())
                .param(row.taskId())
                .param(Rows.timestamp(row.createdAt()))
                .param(row.keyHash())
                .param(row.requestHash())
                .query(Boolean.class)
                .single();
    }

    private static Map<String, Object> keyParams(TriggerRow row, char kind, String hash, Instant expiresAt) {
        Map<String, Object> params = new HashMap<>();
        params.put("environment", row.environmentId());
        params.put("kind", String.valueOf(kind));
        params.put("task", row.taskId());
        params.put("hash", hash);
        params.put("run", row.id());
        params.put("expires", Rows.timestamp(expiresAt));
        return params;
    }

    /// What a new child needs to know of its parent.
    ///
    /// @param root first run of the tree
    /// @param depth of the parent
    /// @param queuedSince its place in its queue without its priority, unix milliseconds
    record Parent(UUID root, int depth, long queuedSince) {}

    Optional<Parent> findParent(UUID environment, UUID run) {
        return jdbc.sql("""
                select coalesce(r.root_run_id, r.id) as root, r.depth, s.score + r.priority_ms as queued_since
                from run r join run_state s on s.run_id = r.id
                where r.id = ? and r.environment_id = ?
                """)
                .param(run)
                .param(environment)
                .query((row, _) ->
                        new Parent(row.getObject("root", UUID.class), row.getInt("depth"), row.getLong("queued_since")))
                .optional();
    }

    /// Removes keys that lead nowhere any more; returns how many.
    public int removeExpired(Instant now) {
        return jdbc.sql("delete from idempotency_key where expires_at < ?")
                .param(Rows.timestamp(now))
                .update();
    }
}
