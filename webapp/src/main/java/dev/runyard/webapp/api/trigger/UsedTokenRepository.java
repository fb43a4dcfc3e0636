package dev.runyard.webapp.api.trigger;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class UsedTokenRepository {
    private final JdbcClient jdbc;
    private final InstantSource clock;

    UsedTokenRepository(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Uses a token up; false where another call did. A call without a key never is the same as another.
    boolean use(byte[] tokenHash, String requestKey, Instant expiresAt) {
        jdbc.sql("delete from used_token where expires_at < :now")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return jdbc.sql("""
                        insert into used_token (token_hash, request_key, expires_at)
                        values (:hash, :requestKey, :expiresAt)
                        on conflict (token_hash) do update set request_key = excluded.request_key
                        where used_token.request_key = excluded.request_key and excluded.request_key <> ''
                        """)
                        .param("hash", tokenHash)
                        .param("requestKey", requestKey)
                        .param("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    void giveBack(byte[] tokenHash) {
        jdbc.sql("delete from used_token where token_hash = :hash")
                .param("hash", tokenHash)
                .update();
    }
}
