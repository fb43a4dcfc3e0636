package dev.runyard.webapp.dashboard.alert;

import dev.runyard.webapp.tenant.SealedRow;
import dev.runyard.webapp.tenant.SealedRows;
import dev.runyard.webapp.tenant.SealedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The sealed targets and signing keys of channels.
@Repository
class SealedChannelRepository implements SealedRows {
    private static final UUID FIRST = new UUID(0, 0);

    private final JdbcClient jdbc;

    SealedChannelRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String what() {
        return "alert channels";
    }

    @Override
    public Map<String, Integer> countByKey() {
        return jdbc.sql("""
                select target_sealed_with, count(*) from alert_channel group by target_sealed_with
                """).query((row, _) -> Map.entry(row.getString(1), row.getInt(2))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<SealedRow> lockOthers(String keyId, @Nullable SealedRow after, int limit) {
        return jdbc.sql("""
                select id, target_sealed, secret_sealed, target_sealed_with from alert_channel
                where target_sealed_with <> :keyId and id > :after
                order by id limit :limit
                for update skip locked
                """)
                .param("keyId", keyId)
                .param("after", after == null ? FIRST : after.key().getFirst())
                .param("limit", limit)
                .query((row, _) -> sealed(row))
                .list();
    }

    @Override
    public void replace(SealedRow row, List<SealedText> texts) {
        jdbc.sql("""
                update alert_channel set target_sealed = :target, secret_sealed = :secret, target_sealed_with = :sealedWith
                where id = :id
                """)
                .param("target", texts.getFirst().bytes())
                .param("secret", texts.getLast().bytes())
                .param("sealedWith", texts.getFirst().sealedWith())
                .param("id", row.key().getFirst())
                .update();
    }

    private static SealedRow sealed(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String sealedWith = row.getString("target_sealed_with");
        return new SealedRow(
                List.of(id),
                List.of(
                        new SealedRow.Part(
                                ChannelRepository.targetOwner(id),
                                new SealedText(row.getBytes("target_sealed"), sealedWith)),
                        new SealedRow.Part(
                                ChannelRepository.secretOwner(id),
                                new SealedText(row.getBytes("secret_sealed"), sealedWith))));
    }
}
