package dev.runyard.webapp.session;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class WebSessionRepository {
    private final JdbcClient jdbc;

    WebSessionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void save(SecretToken token, UUID user, Instant now, Instant expiresAt) {
        jdbc.sql("""
                insert into web_session (token_hash, user_id, created_at, last_seen_at, expires_at)
                values (:hash, :user, :now, :now, :expiresAt)
                """)
                .param("hash", token.hash())
                .param("user", user)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /// Finds who has a session, and notes that it was used where that was last noted before `seenBefore`.
    Optional<SignedInUser> find(SecretToken token, Instant now, Instant seenBefore) {
        return jdbc.sql("""
                with seen as (
                    update web_session set last_seen_at = :now
                    where token_hash = :hash and expires_at > :now and last_seen_at < :seenBefore
                )
                select id, email, name from web_session
                join app_user on app_user.id = web_session.user_id
                where token_hash = :hash and expires_at > :now
                """)
                .param("hash", token.hash())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("seenBefore", seenBefore.atOffset(ZoneOffset.UTC))
                .query(UserRepository::map)
                .optional();
    }

    void delete(SecretToken token) {
        jdbc.sql("delete from web_session where token_hash = :hash")
                .param("hash", token.hash())
                .update();
    }

    void deleteExpired(Instant before) {
        jdbc.sql("delete from web_session where expires_at < :before")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }
}
