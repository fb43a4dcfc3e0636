package dev.runyard.webapp.tenant;

import dev.runyard.protocol.id.EnvironmentId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The sealed former keys of environments.
@Repository
class SealedRetiredKeyRepository implements SealedRows {
    private static final byte[] FIRST = {};

    private final JdbcClient jdbc;

    SealedRetiredKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String what() {
        return "former keys of environments";
    }

    @Override
    public Map<String, Integer> countByKey() {
        return jdbc.sql("""
                select key_sealed_with, count(*) from retired_key group by key_sealed_with
                """).query((row, _) -> Map.entry(row.getString(1), row.getInt(2))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<SealedRow> lockOthers(String keyId, @Nullable SealedRow after, int limit) {
        return jdbc.sql("""
                select key_hash, environment_id, key_sealed, key_sealed_with from retired_key
                where key_sealed_with <> :keyId and key_hash > :after
                order by key_hash limit :limit
                for update skip locked
                """)
                .param("keyId", keyId)
                .param("after", after == null ? FIRST : after.key().getFirst())
                .param("limit", limit)
                .query((row, _) -> {
                    EnvironmentId environment = new EnvironmentId(row.getObject("environment_id", UUID.class));
                    SealedText text = new SealedText(row.getBytes("key_sealed"), row.getString("key_sealed_with"));
                    return new SealedRow(
                            List.of(row.getBytes("key_hash")),
                            List.of(new SealedRow.Part(environment.toString(), text)));
                })
                .list();
    }

    @Override
    public void replace(SealedRow row, List<SealedText> texts) {
        jdbc.sql("update retired_key set key_sealed = :sealed, key_sealed_with = :sealedWith where key_hash = :hash")
                .param("sealed", texts.getFirst().bytes())
                .param("sealedWith", texts.getFirst().sealedWith())
                .param("hash", row.key().getFirst())
                .update();
    }
}
