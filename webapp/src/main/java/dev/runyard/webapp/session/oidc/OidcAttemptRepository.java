package dev.runyard.webapp.session.oidc;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class OidcAttemptRepository {
    private final JdbcClient jdbc;

    OidcAttemptRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param returnTo page to show afterwards
    void save(AttemptSecret secret, String returnTo, Instant expiresAt) {
        jdbc.sql("""
                insert into oidc_attempt (secret_hash, return_to, expires_at)
                values (:hash, :returnTo, :expiresAt)
                """)
                .param("hash", secret.hash())
                .param("returnTo", returnTo)
                .param("expiresAt", expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /// Uses a sign-in up: of two calls at once, one gets the page to show afterwards.
    Optional<String> use(AttemptSecret secret, Instant now) {
        return jdbc.sql("""
                delete from oidc_attempt where secret_hash = :hash and expires_at > :now returning return_to
                """)
                .param("hash", secret.hash())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional();
    }

    void deleteExpired(Instant before) {
        jdbc.sql("delete from oidc_attempt where expires_at < :before")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }
}
