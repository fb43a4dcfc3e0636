package dev.runyard.webapp.failure;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads failures by kind.
@Component
public class FailureQueries {
    private static final int MOST_GROUPS = 200;
    private static final int MOST_RUNS = 50;

    private final JdbcClient jdbc;

    FailureQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param environment whose
    /// @param from only failures from then on
    /// @param to until when; the span is divided evenly for the chart
    public record Span(EnvironmentId environment, Instant from, Instant to) {}

    /// A kind of failure.
    ///
    /// @param count failures of it within the span
    /// @param firstSeen the first one within the span
    /// @param changedBy who decided its state
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Group(
            String fingerprint,
            FailureState state,
            String taskId,
            @Nullable String name,
            String message,
            int count,
            Instant firstSeen,
            Instant lastSeen,
            @Nullable String changedBy) {}

    /// @param bucket which part of the span, from 0
    public record Count(String fingerprint, int bucket, int count) {}

    /// @param status in the words of the public API
    public record FailedRun(RunId id, String taskId, String status, String message, Instant at) {}

    /// Lists kinds of failure, the last seen first.
    public List<Group> groups(Span span) {
        return jdbc.sql("""
                with seen as (
                    select distinct on (fingerprint) fingerprint, task_id, name, message,
                        count(*) over kind as failures, min(at) over kind as first_seen, max(at) over kind as last_seen
                    from run_failure
                    where environment_id = :environment and at >= :from and at <= :to
                    window kind as (partition by fingerprint)
                    order by fingerprint, at desc
                )
                select seen.*, failure_group.changed_by,
                    case when failure_group.state = 'RESOLVED' and last_seen > failure_group.changed_at then 'OPEN'
                        else coalesce(failure_group.state, 'OPEN') end as state
                from seen
                left join failure_group on failure_group.environment_id = :environment
                    and failure_group.fingerprint = seen.fingerprint
                order by last_seen desc
                limit :most
                """)
                .param("environment", span.environment().value())
                .param("from", utc(span.from()))
                .param("to", utc(span.to()))
                .param("most", MOST_GROUPS)
                .query((row, _) -> group(row))
                .list();
    }

    /// Counts failures of each kind in even parts of the span.
    public List<Count> counts(Span span, int buckets) {
        return jdbc.sql("""
                select fingerprint, count(*) as failures,
                    least(:buckets - 1, floor(
                        extract(epoch from at - :from) / greatest(1, extract(epoch from :to - :from)) * :buckets))
                        as bucket
                from run_failure
                where environment_id = :environment and at >= :from and at <= :to
                group by fingerprint, bucket
                """)
                .param("environment", span.environment().value())
                .param("from", utc(span.from()))
                .param("to", utc(span.to()))
                .param("buckets", buckets)
                .query((row, _) ->
                        new Count(row.getString("fingerprint"), row.getInt("bucket"), row.getInt("failures")))
                .list();
    }

    /// Lists the newest runs that failed in one way.
    public List<FailedRun> runs(EnvironmentId environment, String fingerprint) {
        return jdbc.sql("""
                select run_id, task_id, status, message, at from run_failure
                where environment_id = :environment and fingerprint = :fingerprint
                order by at desc, run_id desc
                limit :most
                """)
                .param("environment", environment.value())
                .param("fingerprint", fingerprint)
                .param("most", MOST_RUNS)
                .query((row, _) -> run(row))
                .list();
    }

    private static Group group(ResultSet row) throws SQLException {
        return new Group(
                row.getString("fingerprint"),
                FailureState.valueOf(row.getString("state")),
                row.getString("task_id"),
                row.getString("name"),
                row.getString("message"),
                row.getInt("failures"),
                instant(row, "first_seen"),
                instant(row, "last_seen"),
                row.getString("changed_by"));
    }

    private static FailedRun run(ResultSet row) throws SQLException {
        return new FailedRun(
                new RunId(row.getObject("run_id", UUID.class)),
                row.getString("task_id"),
                RunStatus.valueOf(row.getString("status")).apiName(),
                row.getString("message"),
                instant(row, "at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
