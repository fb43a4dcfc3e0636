package dev.runyard.webapp.dashboard.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.EnvironmentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Messages to channels.
@Repository
class DeliveryRepository {
    private final JdbcClient jdbc;

    DeliveryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param happenedAt when what is told happened
    /// @param now the present
    record Times(Instant happenedAt, Instant now) {}

    /// A message that is to be sent.
    ///
    /// @param body JSON
    /// @param attempts tries before this one
    record Due(UUID id, UUID channel, ChannelKind kind, AlertKind about, String body, int attempts) {}

    /// A message as people see it.
    ///
    /// @param lastAnswer what came back from the last try
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listed(
            UUID id,
            AlertKind kind,
            String status,
            int attempts,
            @Nullable String lastAnswer,
            Instant createdAt,
            @Nullable Instant endedAt) {}

    /// Writes a message for each channel of an environment that wants to know of failures and was there by then.
    void addForFailure(EnvironmentId environment, String eventKey, String body, Times times) {
        jdbc.sql("""
                insert into alert_delivery (id, channel_id, event_key, kind, body, status, due_at, created_at)
                select gen_random_uuid(), id, :key, 'RUN_FAILURE', :body::jsonb, 'PENDING', :now, :now
                from alert_channel
                where environment_id = :environment and is_enabled and on_run_failure and created_at <= :failedAt
                on conflict (channel_id, event_key) do nothing
                """)
                .param("environment", environment.value())
                .param("key", eventKey)
                .param("body", body)
                .param("failedAt", utc(times.happenedAt()))
                .param("now", utc(times.now()))
                .update();
    }

    /// Writes messages about deployments that channels were not told of yet. What was deployed before a channel was
    /// made, or long ago, is no news.
    int addForDeployments(Instant since, Instant now) {
        return jdbc.sql("""
                insert into alert_delivery (id, channel_id, event_key, kind, body, status, due_at, created_at)
                select gen_random_uuid(), channel.id, 'deployment:' || deployment.id, 'DEPLOYMENT',
                    jsonb_build_object('version', deployment.version, 'shortCode', deployment.short_code,
                        'deployedAt', deployment.deployed_at, 'environmentId', deployment.environment_id),
                    'PENDING', :now, :now
                from alert_channel channel
                join deployment on deployment.environment_id = channel.environment_id
                    and deployment.deployed_at >= greatest(channel.created_at, :since)
                where channel.is_enabled and channel.on_deployment
                    and not exists (
                        select from alert_delivery told
                        where told.channel_id = channel.id and told.event_key = 'deployment:' || deployment.id)
                on conflict (channel_id, event_key) do nothing
                """).param("since", utc(since)).param("now", utc(now)).update();
    }

    void addTest(UUID channel, UUID id, String body, Instant now) {
        jdbc.sql("""
                insert into alert_delivery (id, channel_id, event_key, kind, body, status, due_at, created_at)
                values (:id, :channel, 'test:' || :id, 'TEST', :body::jsonb, 'PENDING', :now, :now)
                """)
                .param("id", id)
                .param("channel", channel)
                .param("body", body)
                .param("now", utc(now))
                .update();
    }

    /// Takes messages that are due. Whoever takes one has it for a while; where nothing is heard of it, it is due
    /// again.
    List<Due> take(int most, Instant now, Duration lease) {
        return jdbc.sql("""
                with taken as (
                    select id from alert_delivery
                    where status = 'PENDING' and due_at <= :now
                    order by due_at
                    limit :most
                    for update skip locked
                ),
                changed as (
                    update alert_delivery set due_at = :until, attempts = attempts + 1
                    where id in (select id from taken)
                    returning id, channel_id, kind, body, attempts
                )
                select changed.*, alert_channel.kind as channel_kind
                from changed join alert_channel on alert_channel.id = changed.channel_id
                """)
                .param("now", utc(now))
                .param("most", most)
                .param("until", utc(now.plus(lease)))
                .query((row, _) -> due(row))
                .list();
    }

    void sent(UUID id, String answer, Instant now) {
        end(id, "SENT", answer, now);
    }

    void failed(UUID id, String answer, Instant now) {
        end(id, "FAILED", answer, now);
    }

    private void end(UUID id, String status, String answer, Instant now) {
        jdbc.sql("""
                update alert_delivery set status = :status, last_answer = :answer, ended_at = :now
                where id = :id and status = 'PENDING'
                """)
                .param("id", id)
                .param("status", status)
                .param("answer", answer)
                .param("now", utc(now))
                .update();
    }

    void putOff(UUID id, String answer, Instant until) {
        jdbc.sql(
                        "update alert_delivery set last_answer = :answer, due_at = :until where id = :id and status = 'PENDING'")
                .param("id", id)
                .param("answer", answer)
                .param("until", utc(until))
                .update();
    }

    List<Listed> list(UUID channel, int most) {
        return jdbc.sql("""
                select id, kind, status, attempts, last_answer, created_at, ended_at from alert_delivery
                where channel_id = :channel
                order by created_at desc, id
                limit :most
                """)
                .param("channel", channel)
                .param("most", most)
                .query((row, _) -> listed(row))
                .list();
    }

    void removeBefore(Instant before) {
        jdbc.sql("delete from alert_delivery where created_at < :before")
                .param("before", utc(before))
                .update();
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getObject("id", UUID.class),
                row.getObject("channel_id", UUID.class),
                ChannelKind.valueOf(row.getString("channel_kind")),
                AlertKind.valueOf(row.getString("kind")),
                row.getString("body"),
                row.getInt("attempts"));
    }

    private static Listed listed(ResultSet row) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new Listed(
                row.getObject("id", UUID.class),
                AlertKind.valueOf(row.getString("kind")),
                row.getString("status"),
                row.getInt("attempts"),
                row.getString("last_answer"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
