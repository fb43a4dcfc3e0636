package dev.runyard.webapp.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
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

    /// @param from its begin
    /// @param until its end
    record Lifetime(Instant from, Instant until) {}

    void save(SecretToken token, UUID user, Visitor visitor, Lifetime lifetime) {
        jdbc.sql("""
                insert into web_session
                    (token_hash, user_id, created_at, last_seen_at, expires_at, user_agent, address)
                values (:hash, :user, :now, :now, :expiresAt, :agent, :address)
                """)
                .param("hash", token.hash())
                .param("user", user)
                .param("now", utc(lifetime.from()))
                .param("expiresAt", utc(lifetime.until()))
                .param("agent", visitor.userAgent())
                .param("address", visitor.address())
                .update();
    }

    /// Finds who has a session, and notes that it was used where that was last noted before `seenBefore`.
    Optional<SignedInUser> find(SecretToken token, Instant now, Instant seenBefore) {
        return jdbc.sql("""
                with seen as (
                    update web_session set last_seen_at = :now
                    where token_hash = :hash and expires_at > :now and last_seen_at < :seenBefore
                )
                select app_user.id, email, name from web_session
                join app_user on app_user.id = web_session.user_id
                where token_hash = :hash and expires_at > :now
                """)
                .param("hash", token.hash())
                .param("now", utc(now))
                .param("seenBefore", utc(seenBefore))
                .query(UserRepository::map)
                .optional();
    }

    /// Lists the sessions of a person, the last used first.
    List<ListedSession> list(UUID user, SecretToken current, Instant now) {
        return jdbc.sql("""
                select id, created_at, last_seen_at, expires_at, user_agent, address, token_hash = :current as is_current
                from web_session
                where user_id = :user and expires_at > :now
                order by last_seen_at desc, id
                limit 200
                """)
                .param("user", user)
                .param("current", current.hash())
                .param("now", utc(now))
                .query((row, _) -> listed(row))
                .list();
    }

    void delete(SecretToken token) {
        jdbc.sql("delete from web_session where token_hash = :hash")
                .param("hash", token.hash())
                .update();
    }

    /// Ends one session of a person; false where they have none of this id.
    boolean delete(UUID user, UUID id) {
        return jdbc.sql("delete from web_session where user_id = :user and id = :id")
                        .param("user", user)
                        .param("id", id)
                        .update()
                > 0;
    }

    /// Ends all sessions of a person but one.
    void deleteOthers(UUID user, SecretToken kept) {
        jdbc.sql("delete from web_session where user_id = :user and token_hash <> :kept")
                .param("user", user)
                .param("kept", kept.hash())
                .update();
    }

    void deleteExpired(Instant before) {
        jdbc.sql("delete from web_session where expires_at < :before")
                .param("before", utc(before))
                .update();
    }

    private static ListedSession listed(ResultSet row) throws SQLException {
        return new ListedSession(
                row.getObject("id", UUID.class),
                instant(row, "created_at"),
                instant(row, "last_seen_at"),
                instant(row, "expires_at"),
                row.getString("user_agent"),
                row.getString("address"),
                row.getBoolean("is_current"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
