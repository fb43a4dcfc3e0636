package dev.runyard.webapp.rotation;

import dev.runyard.protocol.id.TimeOrderedIds;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Which keys are in use, and what was signed with them.
@Repository
class KeyUseRepository {
    private final JdbcClient jdbc;

    KeyUseRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What began before a time and is not over.
    ///
    /// @param runs that have not ended
    /// @param tokens of waitpoints that nobody completed
    record Open(long runs, long tokens) {
        boolean isNothing() {
            return runs == 0 && tokens == 0;
        }
    }

    void note(String keyId, Instant now) {
        jdbc.sql("""
                insert into encryption_key_use (key_id, first_used_at, last_used_at) values (:keyId, :now, :now)
                on conflict (key_id) do update
                set last_used_at = greatest(encryption_key_use.last_used_at, excluded.last_used_at)
                """)
                .param("keyId", keyId)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Instant> lastUseOfOthers(String keyId) {
        return jdbc.sql("select max(last_used_at) as last from encryption_key_use where key_id <> :keyId")
                .param("keyId", keyId)
                .query((row, _) -> Optional.ofNullable(row.getObject("last", OffsetDateTime.class)))
                .single()
                .map(OffsetDateTime::toInstant);
    }

    Instant firstUse(String keyId) {
        return jdbc.sql("select first_used_at from encryption_key_use where key_id = :keyId")
                .param("keyId", keyId)
                .query((row, _) -> row.getObject("first_used_at", OffsetDateTime.class))
                .single()
                .toInstant();
    }

    /// Counts by ids, which tell the time and choose the partitions.
    Open openFromBefore(Instant time) {
        return jdbc.sql("""
                select (select count(*) from run_state where completed_at is null and run_id < :first) as runs,
                    (select count(*) from waitpoint
                     where kind = 'MANUAL' and status = 'PENDING' and id < :first) as tokens
                """)
                .param("first", TimeOrderedIds.firstAt(time))
                .query(Open.class)
                .single();
    }
}
