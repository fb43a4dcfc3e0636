package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class LogSearchRepository {
    private final JdbcClient jdbc;

    LogSearchRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Ends statements of the caller's transaction that take longer.
    void limit(Duration atMost) {
        jdbc.sql("set local statement_timeout = " + Math.max(1, atMost.toMillis()))
                .update();
    }

    /// Finds lines, newest first.
    List<FoundLine> find(LogSearch search) {
        LogSearch.Place before = search.before();
        return jdbc.sql("""
                select l.run_id, l.seq, l.at, l.severity, l.stream, l.message, l.attributes, l.attempt, l.span_id, r.task_id
                from run_log l left join run r on r.id = l.run_id
                where l.environment_id = :environment and l.at >= :from and l.at < :to and l.severity >= :least
                    and (:run::uuid is null or l.run_id = :run)
                    and (:task::text is null or r.task_id = :task)
                    and (:pattern::text is null
                        or l.message ilike :pattern or l.attributes::text ilike :pattern)
                    and (:before_at::timestamptz is null or
                        (l.at, l.run_id, l.seq) < (:before_at::timestamptz, :before_run::uuid, :before_seq::bigint))
                order by l.at desc, l.run_id desc, l.seq desc
                limit :size
                """)
                .param("environment", search.environment().value())
                .param("from", timestamp(search.from()))
                .param("to", timestamp(search.to()))
                .param("least", search.least())
                .param("run", search.run() == null ? null : search.run().value())
                .param("task", search.task())
                .param("pattern", pattern(search.text()))
                .param("before_at", before == null ? null : timestamp(before.at()))
                .param("before_run", before == null ? null : before.run().value())
                .param("before_seq", before == null ? null : before.seq())
                .param("size", search.size())
                .query((row, n) -> new FoundLine(
                        new RunId(row.getObject("run_id", UUID.class)),
                        row.getString("task_id"),
                        LogLineRepository.map(row, n)))
                .list();
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /// What people look for is text, also where it has characters that mean something in a pattern.
    private static @Nullable String pattern(@Nullable String text) {
        return text == null
                ? null
                : "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
