package dev.runyard.webapp.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Months of telemetry.
@Repository
class TelemetryPartitionRepository {
    private static final int LOCK = 0x54454c45;
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("yyyyMM");
    private static final List<String> PARENTS = List.of("run_telemetry", "run_log", "run_span");

    private final JdbcClient jdbc;

    TelemetryPartitionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Makes partitions; of servers that start at once, one does.
    void ensure(LocalDate firstMonth, int months) {
        jdbc.sql("""
                with alone as materialized (select pg_advisory_xact_lock(:lock) is null as locked)
                select ensure_telemetry_partitions(:first, :months) from alone where locked is not null
                """)
                .param("lock", LOCK)
                .param("first", firstMonth)
                .param("months", months)
                .query((_, _) -> 1)
                .single();
    }

    /// Returns the months that have partitions, oldest first.
    List<YearMonth> months() {
        return jdbc.sql("""
                select substring(child.relname from 'run_log_p(\\d{6})$') as month
                from pg_inherits i join pg_class child on child.oid = i.inhrelid
                where i.inhparent = 'run_log'::regclass and child.relname ~ 'run_log_p\\d{6}$'
                order by 1
                """)
                .query((row, _) -> YearMonth.parse(row.getString("month"), SUFFIX))
                .list();
    }

    /// Tells whether a run of a month has not ended.
    boolean hasUnended(YearMonth month) {
        return jdbc.sql("""
                select exists (
                    select from run_telemetry t join run_state s on s.run_id = t.run_id
                    where t.run_id >= first_run_id_at(:start) and t.run_id < first_run_id_at(:end)
                        and s.completed_at is null)
                """)
                .param("start", start(month).atOffset(ZoneOffset.UTC))
                .param("end", start(month.plusMonths(1)).atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    /// Drops a month, within the caller's transaction; fails where a lock is not to be had in time, and does nothing
    /// where another server is at it.
    boolean drop(YearMonth month, Duration patience) {
        boolean isMine = jdbc.sql("select pg_try_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single();
        if (isMine) {
            jdbc.sql("set local lock_timeout = " + patience.toMillis()).update();
            for (String parent : PARENTS) {
                jdbc.sql("drop table if exists " + parent + "_p" + month.format(SUFFIX))
                        .update();
            }
        }
        return isMine;
    }

    /// Finds runs of a month that have ended, or are gone.
    List<UUID> findEnded(YearMonth month, int limit) {
        return jdbc.sql("""
                select t.run_id from run_telemetry t
                where t.run_id >= first_run_id_at(:start) and t.run_id < first_run_id_at(:end)
                    and not exists (select from run_state s where s.run_id = t.run_id and s.completed_at is null)
                limit :limit
                """)
                .param("start", start(month).atOffset(ZoneOffset.UTC))
                .param("end", start(month.plusMonths(1)).atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, _) -> row.getObject("run_id", UUID.class))
                .list();
    }

    void delete(List<UUID> runs) {
        UUID[] ids = runs.toArray(UUID[]::new);
        for (String parent : PARENTS) {
            jdbc.sql("delete from " + parent + " where run_id = any(?)")
                    .param(ids)
                    .update();
        }
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
