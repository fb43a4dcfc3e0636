package dev.runyard.webapp.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class UserRepository {
    private final JdbcClient jdbc;

    UserRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Makes the user unless someone has the address; returns whoever has it.
    SignedInUser findOrCreate(SignedInUser user, Instant now) {
        jdbc.sql("""
                insert into app_user (id, email, name, created_at)
                values (:id, :email, :name, :now)
                on conflict (email) do nothing
                """)
                .param("id", user.id())
                .param("email", user.email())
                .param("name", user.name())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        return jdbc.sql("select id, email, name from app_user where email = :email")
                .param("email", user.email())
                .query(UserRepository::map)
                .single();
    }

    Optional<SignedInUser> find(String email) {
        return jdbc
                .sql("select id, email, name from app_user where lower(email) = lower(:email)")
                .param("email", email)
                .query(UserRepository::map)
                .list()
                .stream()
                .findFirst();
    }

    /// @param passwordHash what is kept of the password
    record Kept(UUID id, String email, String passwordHash) {
        @Override
        public String toString() {
            return "Kept[***]";
        }
    }

    /// Finds who may sign in with a password by an address.
    Optional<Kept> findPassword(String email) {
        return jdbc
                .sql("""
                select id, email, password_hash from app_user where lower(email) = lower(:email) and password_hash is not null
                """)
                .param("email", email)
                .query((row, _) -> new Kept(
                        row.getObject("id", UUID.class), row.getString("email"), row.getString("password_hash")))
                .list()
                .stream()
                .findFirst();
    }

    Optional<String> password(UUID user) {
        return jdbc.sql("select password_hash from app_user where id = :id and password_hash is not null")
                .param("id", user)
                .query(String.class)
                .optional();
    }

    void savePassword(UUID user, String hash) {
        jdbc.sql("update app_user set password_hash = :hash where id = :id")
                .param("id", user)
                .param("hash", hash)
                .update();
    }

    void signedIn(UUID user, Instant now) {
        jdbc.sql("update app_user set signed_in_at = :now where id = :id")
                .param("id", user)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean hasSignedIn(UUID user) {
        return jdbc.sql("select signed_in_at is not null from app_user where id = :id")
                .param("id", user)
                .query(Boolean.class)
                .single();
    }

    static SignedInUser map(ResultSet row, int rowNumber) throws SQLException {
        return new SignedInUser(row.getObject("id", UUID.class), row.getString("email"), row.getString("name"));
    }
}
