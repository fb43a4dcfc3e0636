package dev.runyard.webapp.tenant;

import dev.runyard.protocol.id.EnvironmentId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The sealed keys of environments.
@Repository
class SealedKeyRepository implements SealedRows {
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient jdbc;

    SealedKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String what() {
        return "keys of environments";
    }

    @Override
    public Map<String, Integer> countByKey() {
        return jdbc.sql("""
                select key_sealed_with, count(*) from environment where key_sealed is not null group by key_sealed_with
                """).query((row, _) -> Map.entry(row.getString(1), row.getInt(2))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<SealedRow> lockOthers(String keyId, @Nullable SealedRow after, int limit) {
        return jdbc.sql("""
                select id, key_sealed, key_sealed_with from environment
                where key_sealed_with <> :keyId and id > :after
                order by id limit :limit
                for update skip locked
                """)
                .param("keyId", keyId)
                .param("after", after == null ? FIRST : after.key().getFirst())
                .param("limit", limit)
                .query((row, _) -> {
                    UUID id = row.getObject("id", UUID.class);
                    SealedText text = new SealedText(row.getBytes("key_sealed"), row.getString("key_sealed_with"));
                    return new SealedRow(
                            List.of(id), List.of(new SealedRow.Part(new EnvironmentId(id).toString(), text)));
                })
                .list();
    }

    @Override
    public void replace(SealedRow row, List<SealedText> texts) {
        jdbc.sql("update environment set key_sealed = :sealed, key_sealed_with = :sealedWith where id = :id")
                .param("sealed", texts.getFirst().bytes())
                .param("sealedWith", texts.getFirst().sealedWith())
                .param("id", row.key().getFirst())
                .update();
    }
}
