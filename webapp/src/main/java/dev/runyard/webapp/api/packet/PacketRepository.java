package dev.runyard.webapp.api.packet;

import dev.runyard.protocol.id.EnvironmentId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class PacketRepository {
    private final JdbcClient jdbc;

    PacketRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void save(EnvironmentId environment, String path, Packet packet, Instant now) {
        jdbc.sql("""
                insert into packet (environment_id, path, content, content_type, created_at)
                values (:environment, :path, :content, :contentType, :now)
                on conflict (environment_id, path) do update
                set content = excluded.content, content_type = excluded.content_type, created_at = excluded.created_at
                """)
                .param("environment", environment.value())
                .param("path", path)
                .param("content", packet.content())
                .param("contentType", packet.contentType())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Packet> find(EnvironmentId environment, String path) {
        return jdbc.sql("select content, content_type from packet where environment_id = :environment and path = :path")
                .param("environment", environment.value())
                .param("path", path)
                .query((row, _) -> new Packet(row.getString("content"), row.getString("content_type")))
                .optional();
    }

    void deleteBefore(Instant instant) {
        jdbc.sql("delete from packet where created_at < :instant")
                .param("instant", instant.atOffset(ZoneOffset.UTC))
                .update();
    }
}
