package dev.runyard.webapp.variable;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.tenant.SealedText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class VariableRepository {
    private static final RowMapper<Row> ROW = (row, _) -> new Row(
            row.getString("name"),
            new SealedText(row.getBytes("value_sealed"), row.getString("value_sealed_with")),
            row.getBoolean("is_secret"));

    private final JdbcClient jdbc;

    VariableRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(String name, SealedText value, boolean isSecret) {}

    List<Row> list(EnvironmentId environment) {
        return jdbc.sql("""
                select name, value_sealed, value_sealed_with, is_secret from environment_variable
                where environment_id = :environment
                order by name
                """)
                .param("environment", environment.value())
                .query(ROW)
                .list();
    }

    Optional<Row> find(EnvironmentId environment, String name) {
        return jdbc.sql("""
                select name, value_sealed, value_sealed_with, is_secret from environment_variable
                where environment_id = :environment and name = :name
                """)
                .param("environment", environment.value())
                .param("name", name)
                .query(ROW)
                .optional();
    }

    /// Writes a variable; one that exists is left as it is unless it may be overwritten.
    void save(EnvironmentId environment, Row row, boolean mayOverwrite, Instant now) {
        jdbc.sql("""
                insert into environment_variable (environment_id, name, value_sealed, value_sealed_with, is_secret,
                    created_at, updated_at)
                values (:environment, :name, :sealed, :sealedWith, :isSecret, :now, :now)
                on conflict (environment_id, name) do update
                set value_sealed = excluded.value_sealed,
                    value_sealed_with = excluded.value_sealed_with,
                    is_secret = excluded.is_secret,
                    updated_at = excluded.updated_at
                where :mayOverwrite
                """)
                .param("environment", environment.value())
                .param("name", row.name())
                .param("sealed", row.value().bytes())
                .param("sealedWith", row.value().sealedWith())
                .param("isSecret", row.isSecret())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("mayOverwrite", mayOverwrite)
                .update();
    }

    boolean delete(EnvironmentId environment, String name) {
        return jdbc.sql("delete from environment_variable where environment_id = :environment and name = :name")
                        .param("environment", environment.value())
                        .param("name", name)
                        .update()
                == 1;
    }
}
