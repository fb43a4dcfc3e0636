package dev.runyard.webapp.variable;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.tenant.SealedRow;
import dev.runyard.webapp.tenant.SealedRows;
import dev.runyard.webapp.tenant.SealedText;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The sealed values of variables.
@Repository
class SealedVariableRepository implements SealedRows {
    private static final List<Object> FIRST = List.of(new UUID(0, 0), "");

    private final JdbcClient jdbc;

    SealedVariableRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String what() {
        return "environment variables";
    }

    @Override
    public Map<String, Integer> countByKey() {
        return jdbc.sql("""
                select value_sealed_with, count(*) from environment_variable group by value_sealed_with
                """).query((row, _) -> Map.entry(row.getString(1), row.getInt(2))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<SealedRow> lockOthers(String keyId, @Nullable SealedRow after, int limit) {
        List<Object> position = after == null ? FIRST : after.key();
        return jdbc.sql("""
                select environment_id, name, value_sealed, value_sealed_with from environment_variable
                where value_sealed_with <> :keyId and (environment_id, name) > (:environment, :name)
                order by environment_id, name limit :limit
                for update skip locked
                """)
                .param("keyId", keyId)
                .param("environment", position.getFirst())
                .param("name", position.getLast())
                .param("limit", limit)
                .query((row, _) -> {
                    UUID environment = row.getObject("environment_id", UUID.class);
                    String name = row.getString("name");
                    SealedText text = new SealedText(row.getBytes("value_sealed"), row.getString("value_sealed_with"));
                    String owner = EnvironmentVariables.owner(new EnvironmentId(environment), name);
                    return new SealedRow(List.of(environment, name), List.of(new SealedRow.Part(owner, text)));
                })
                .list();
    }

    @Override
    public void replace(SealedRow row, List<SealedText> texts) {
        jdbc.sql("""
                update environment_variable set value_sealed = :sealed, value_sealed_with = :sealedWith
                where environment_id = :environment and name = :name
                """)
                .param("sealed", texts.getFirst().bytes())
                .param("sealedWith", texts.getFirst().sealedWith())
                .param("environment", row.key().getFirst())
                .param("name", row.key().getLast())
                .update();
    }
}
