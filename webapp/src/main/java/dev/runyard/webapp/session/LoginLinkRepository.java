package dev.runyard.webapp.session;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class LoginLinkRepository {
    private final JdbcClient jdbc;

    LoginLinkRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void save(SecretToken token, UUID user, Instant now, Instant expiresAt) {
        jdbc.sql("""
                insert into login_link (token_hash, user_id, created_at, expires_at)
                values (:hash, :user, :now, :expiresAt)
                """)
                .param("hash", token.hash())
                .param("user", user)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /// Uses a link up: of two calls at once, one gets the user.
    Optional<SignedInUser> use(SecretToken token, Instant now) {
        return jdbc.sql("""
                with used as (
                    update login_link set used_at = :now
                    where token_hash = :hash and used_at is null and expires_at > :now
                    returning user_id
                )
                select id, email, name from app_user join used on app_user.id = used.user_id
                """)
                .param("hash", token.hash())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(UserRepository::map)
                .optional();
    }

    /// Ends the links of a person that were not used yet.
    void end(UUID user, Instant now) {
        jdbc.sql("update login_link set used_at = :now where user_id = :user and used_at is null")
                .param("user", user)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void deleteExpired(Instant before) {
        jdbc.sql("delete from login_link where expires_at < :before")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }
}
