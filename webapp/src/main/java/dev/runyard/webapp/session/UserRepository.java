package dev.runyard.webapp.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
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

    static SignedInUser map(ResultSet row, int rowNumber) throws SQLException {
        return new SignedInUser(row.getObject("id", UUID.class), row.getString("email"), row.getString("name"));
    }
}
