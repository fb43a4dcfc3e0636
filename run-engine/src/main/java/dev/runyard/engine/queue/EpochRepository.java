package dev.runyard.engine.queue;

import dev.runyard.engine.store.Rows;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Which filling of Redis is valid, as the database has it.
///
/// Whoever confirms a claim holds the queue lock shared; whoever changes the epoch holds it alone. So when
/// the epoch has changed, every claim of the old one is either visible or refused.
public final class EpochRepository {
    /// The epoch while claims come from the database.
    public static final String DATABASE = "database";

    private static final int QUEUE_LOCK = 0x52554e59;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public EpochRepository(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /// What the database knows of Redis.
    ///
    /// @param epoch the valid filling
    /// @param redisProcess process of Redis that holds it
    public record Epoch(String epoch, @Nullable String redisProcess) {}

    public Epoch find() {
        return jdbc.sql("select epoch, redis_run_id from queue_epoch where shard = 0")
                .query((row, _) -> new Epoch(row.getString("epoch"), row.getString("redis_run_id")))
                .single();
    }

    /// Takes the queue lock shared, within the caller's transaction: the next statement sees the valid epoch.
    public void lockShared() {
        jdbc.sql("select pg_advisory_xact_lock_shared(" + QUEUE_LOCK + ")")
                .query((_, _) -> 1)
                .single();
    }

    /// Makes another filling the valid one.
    public void change(String epoch, @Nullable String redisProcess, Instant now) {
        transaction.executeWithoutResult(_ -> {
            lockAlone();
            write(epoch, redisProcess, now);
        });
    }

    /// Makes claims come from the database, within the caller's transaction, which then holds the lock alone.
    public void enterDatabaseMode(Instant now) {
        lockAlone();
        if (!Objects.equals(find().epoch(), DATABASE)) {
            write(DATABASE, null, now);
        }
    }

    private void lockAlone() {
        jdbc.sql("select pg_advisory_xact_lock(?)")
                .param(QUEUE_LOCK)
                .query((_, _) -> 1)
                .single();
    }

    private void write(String epoch, @Nullable String redisProcess, Instant now) {
        jdbc.sql("update queue_epoch set epoch = ?, redis_run_id = ?, changed_at = ? where shard = 0")
                .param(epoch)
                .param(redisProcess)
                .param(Rows.timestamp(now))
                .update();
    }
}
