package dev.runyard.engine.trigger;

import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    /// Writes runs in one statement; returns the outbox id of each that was written, 0 where Redis need not
    /// hear of it.
    Map<UUID, Long> write(List<TriggerRow> rows) {
        Map<UUID, Long> written = new HashMap<>();
        jdbc.sql(writeRuns).param("batch", json.write(rows)).query(row -> {
            written.put(row.getObject("id", UUID.class), row.getLong("outbox_id"));
        });
        return written;
    }

    /// Whose key it is.
    enum KeyKind {
        /// The caller's, by which repeated calls return one run.
        CALLER("K"),
        /// The transport's, by which the tries of one call return one run.
        REQUEST("R");

        private final String code;

        KeyKind(String code) {
            this.code = code;
        }

        @Nullable
        String hash(TriggerRow row) {
            return this == CALLER ? row.keyHash() : row.requestHash();
        }

        @Nullable
        Instant expiresAt(TriggerRow row) {
            return this == CALLER ? row.keyExpiresAt() : row.requestExpiresAt();
        }
    }

    /// Returns those of the given runs that exist.
    Set<UUID> existing(Collection<UUID> runs) {
        return new HashSet<>(jdbc.sql("select id from run where id = any(?)")
                .param(runs.toArray(UUID[]::new))
                .query((row, _) -> row.getObject("id", UUID.class))
                .list());
    }

    /// A key as it is stored.
    ///
    /// @param runId run that it leads to
    /// @param expiresAt until when
    record StoredKey(RunId runId, Instant expiresAt) {}

    /// Finds what a key of a trigger leads to; nothing where the trigger has none.
    Optional<StoredKey> findKey(TriggerRow row, KeyKind kind) {
        String hash = kind.hash(row);
        if (hash == null) {
            return Optional.empty();
        }
        return jdbc.sql("""
                select run_id, expires_at from idempotency_key
                where environment_id = :environment and kind = :kind and task_id = :task
                    and key_hash = decode(:hash, 'hex')
                """)
                .params(keyParams(row.environmentId(), kind, row.taskId(), hash))
                .query(TriggerRepository::storedKey)
                .optional();
    }

    /// Locks a key, taking it where it is free; returns what it leads to.
    StoredKey lockKey(TriggerRow row, KeyKind kind, StoredKey wanted) {
        return jdbc.sql("""
                insert into idempotency_key as held (environment_id, kind, task_id, key_hash, run_id, expires_at)
                values (:environment, :kind, :task, decode(:hash, 'hex'), :run, :expires)
                on conflict (environment_id, kind, task_id, key_hash) do update set run_id = held.run_id
                returning run_id, expires_at
                """)
                .params(keyParams(row, kind, wanted))
                .query(TriggerRepository::storedKey)
                .single();
    }

    /// Makes a locked key lead to a run.
    void pointKey(TriggerRow row, KeyKind kind, StoredKey target) {
        jdbc.sql("""
                update idempotency_key set run_id = :run, expires_at = :expires
                where environment_id = :environment and kind = :kind and task_id = :task
                    and key_hash = decode(:hash, 'hex')
                """).params(keyParams(row, kind, target)).update();
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

    /// Takes the key off the run that it led to: it shows no key that would not lead to it.
    void forgetShownKey(RunId run) {
        jdbc.sql("update run set idempotency_key = null, idempotency_scope = null where id = ?")
                .param(run.value())
                .update();
    }

    /// Frees a caller's key; returns the run that it led to.
    Optional<RunId> freeKey(UUID environment, String task, String hash) {
        return jdbc.sql("""
                with freed as (
                    delete from idempotency_key
                    where environment_id = :environment and kind = :kind and task_id = :task
                        and key_hash = decode(:hash, 'hex')
                    returning run_id
                ), forgotten as (
                    update run set idempotency_key = null, idempotency_scope = null
                    where id in (select run_id from freed)
                )
                select run_id from freed
                """)
                .params(keyParams(environment, KeyKind.CALLER, task, hash))
                .query(UUID.class)
                .optional()
                .map(RunId::new);
    }

    private static StoredKey storedKey(ResultSet row, int rowNumber) throws SQLException {
        return new StoredKey(new RunId(row.getObject("run_id", UUID.class)), Rows.requiredInstant(row, "expires_at"));
    }

    private static Map<String, Object> keyParams(TriggerRow row, KeyKind kind, StoredKey key) {
        String hash = Objects.requireNonNull(kind.hash(row));
        Map<String, Object> params = keyParams(row.environmentId(), kind, row.taskId(), hash);
        params.put("run", key.runId().value());
        params.put("expires", Rows.timestamp(key.expiresAt()));
        return params;
    }

    private static Map<String, Object> keyParams(UUID environment, KeyKind kind, String task, String hash) {
        Map<String, Object> params = new HashMap<>();
        params.put("environment", environment);
        params.put("kind", kind.code);
        params.put("task", task);
        params.put("hash", hash);
        return params;
    }

    /// What a new child needs to know of its parent.
    ///
    /// @param root first run of the tree
    /// @param rootSource who triggered that
    /// @param depth of the parent
    /// @param queuedSince its place in its queue without its priority, unix milliseconds
    /// @param status of the parent
    /// @param version that the parent is locked to
    record Parent(
            UUID root,
            String rootSource,
            int depth,
            long queuedSince,
            RunStatus status,
            @Nullable WorkerVersionId version) {}

    Optional<Parent> findParent(UUID environment, UUID run) {
        return jdbc.sql("""
                select
                    coalesce(r.root_run_id, r.id) as root,
                    coalesce(r.root_source, r.source) as root_source,
                    r.depth,
                    s.score + r.priority_ms as queued_since,
                    s.status,
                    s.worker_version_id
                from run r join run_state s on s.run_id = r.id
                where r.id = ? and r.environment_id = ?
                """)
                .param(run)
                .param(environment)
                .query((row, _) -> {
                    UUID version = Rows.uuid(row, "worker_version_id");
                    return new Parent(
                            row.getObject("root", UUID.class),
                            row.getString("root_source"),
                            row.getInt("depth"),
                            row.getLong("queued_since"),
                            RunStatus.valueOf(row.getString("status")),
                            version == null ? null : new WorkerVersionId(version));
                })
                .optional();
    }

    /// Removes keys that lead nowhere any more; returns how many.
    ///
    /// @param limit most at once, so that no lock is held for long
    public int removeExpired(Instant now, int limit) {
        return jdbc.sql("""
                delete from idempotency_key
                where ctid = any(array(
                    select ctid from idempotency_key where expires_at < ? limit ? for update skip locked))
                """).param(Rows.timestamp(now)).param(limit).update();
    }
}
