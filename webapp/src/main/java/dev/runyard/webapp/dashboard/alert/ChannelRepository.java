package dev.runyard.webapp.dashboard.alert;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.config.Secret;
import dev.runyard.webapp.tenant.Seal;
import dev.runyard.webapp.tenant.SealedText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Channels; their targets and signing keys are sealed.
@Repository
class ChannelRepository {
    private final JdbcClient jdbc;
    private final Seal seal;

    ChannelRepository(JdbcClient jdbc, Seal seal) {
        this.jdbc = jdbc;
        this.seal = seal;
    }

    /// @param target address to send to
    /// @param secret signs what is sent
    record Secrets(Secret target, Secret secret) {}

    void add(EnvironmentId environment, Channel channel, Secrets secrets) {
        SealedText target = seal.seal(secrets.target(), targetOwner(channel.id()));
        SealedText secret = seal.seal(secrets.secret(), secretOwner(channel.id()));
        jdbc.sql("""
                insert into alert_channel
                    (id, environment_id, name, kind, target_sealed, target_sealed_with, target_hint, secret_sealed,
                    on_run_failure, on_deployment, is_enabled, created_at)
                values
                    (:id, :environment, :name, :kind, :target, :sealedWith, :hint, :secret,
                    :onRunFailure, :onDeployment, :isEnabled, :now)
                """)
                .param("id", channel.id())
                .param("environment", environment.value())
                .param("name", channel.name())
                .param("kind", channel.kind().name())
                .param("target", target.bytes())
                .param("sealedWith", target.sealedWith())
                .param("hint", channel.target())
                .param("secret", secret.bytes())
                .param("onRunFailure", channel.onRunFailure())
                .param("onDeployment", channel.onDeployment())
                .param("isEnabled", channel.isEnabled())
                .param("now", channel.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    List<Channel> list(EnvironmentId environment) {
        return jdbc.sql("select * from alert_channel where environment_id = :environment order by id")
                .param("environment", environment.value())
                .query((row, _) -> channel(row))
                .list();
    }

    Optional<Channel> find(EnvironmentId environment, UUID id) {
        return jdbc.sql("select * from alert_channel where environment_id = :environment and id = :id")
                .param("environment", environment.value())
                .param("id", id)
                .query((row, _) -> channel(row))
                .optional();
    }

    void update(Channel channel) {
        jdbc.sql("""
                update alert_channel
                set name = :name, on_run_failure = :onRunFailure, on_deployment = :onDeployment, is_enabled = :isEnabled
                where id = :id
                """)
                .param("id", channel.id())
                .param("name", channel.name())
                .param("onRunFailure", channel.onRunFailure())
                .param("onDeployment", channel.onDeployment())
                .param("isEnabled", channel.isEnabled())
                .update();
    }

    boolean delete(EnvironmentId environment, UUID id) {
        return jdbc.sql("delete from alert_channel where environment_id = :environment and id = :id")
                        .param("environment", environment.value())
                        .param("id", id)
                        .update()
                == 1;
    }

    Secrets secrets(UUID channel) {
        return jdbc.sql("select target_sealed, secret_sealed, target_sealed_with from alert_channel where id = :id")
                .param("id", channel)
                .query((row, _) -> new Secrets(
                        open(row, "target_sealed", targetOwner(channel)),
                        open(row, "secret_sealed", secretOwner(channel))))
                .single();
    }

    private Secret open(ResultSet row, String column, String owner) throws SQLException {
        return seal.open(new SealedText(row.getBytes(column), row.getString("target_sealed_with")), owner);
    }

    static String targetOwner(UUID channel) {
        return "alert-target:" + channel;
    }

    static String secretOwner(UUID channel) {
        return "alert-secret:" + channel;
    }

    private static Channel channel(ResultSet row) throws SQLException {
        return new Channel(
                row.getObject("id", UUID.class),
                row.getString("name"),
                ChannelKind.valueOf(row.getString("kind")),
                row.getString("target_hint"),
                row.getBoolean("on_run_failure"),
                row.getBoolean("on_deployment"),
                row.getBoolean("is_enabled"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
