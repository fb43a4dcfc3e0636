package dev.runyard.engine.batch;

import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which batch a key leads to.
public final class BatchKeyRepository {
    private final JdbcClient jdbc;

    public BatchKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A key of an environment.
    ///
    /// @param environmentId whose
    /// @param kind `K` for the caller's keys, `R` for those of single calls
    /// @param text the key
    record Key(EnvironmentId environmentId, char kind, String text) {}

    /// What a key leads to.
    record Target(BatchId batch, Instant expiresAt) {}

    /// Locks a key until the caller's transaction ends, taking it where it is free; returns what it leads
    /// to.
    Target lock(Key key, Target wanted) {
        return statement("""
                insert into batch_key as held (environment_id, kind, key_hash, batch_id, expires_at)
                values (:environment, :kind, sha256(convert_to(:key, 'UTF8')), :batch, :expires_at)
                on conflict (environment_id, kind, key_hash) do update set batch_id = held.batch_id
                returning batch_id, expires_at
                """, key, wanted)
                .query((row, _) -> new Target(
                        new BatchId(row.getObject("batch_id", UUID.class)), Rows.requiredInstant(row, "expires_at")))
                .single();
    }

    /// Makes a locked key lead to a batch.
    void point(Key key, Target target) {
        statement("""
                update batch_key set batch_id = :batch, expires_at = :expires_at
                where environment_id = :environment and kind = :kind and key_hash = sha256(convert_to(:key, 'UTF8'))
                """, key, target).update();
    }

    private JdbcClient.StatementSpec statement(String sql, Key key, Target target) {
        return jdbc.sql(sql)
                .param("environment", key.environmentId().value())
                .param("kind", String.valueOf(key.kind()))
                .param("key", key.text())
                .param("batch", target.batch().value())
                .param("expires_at", Rows.timestamp(target.expiresAt()));
    }

    /// Removes keys that lead nowhere any more; returns how many.
    int removeExpired(Instant now) {
        return jdbc.sql("delete from batch_key where expires_at < ?")
                .param(Rows.timestamp(now))
                .update();
    }
}
