package dev.runyard.engine.retention;

import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Months of runs, and rows of old runs that are deleted one by one.
public final class PartitionRepository {
    private static final int RETENTION_LOCK = 0x4f4c4452;
    /// Tables that are partitioned by ids of runs, of what runs wait for or of batches.
    private static final List<String> PARENTS = List.of(
            "run", "run_state", "run_result", "run_transition", "waitpoint", "waitpoint_edge", "batch", "batch_item");

    private final JdbcClient jdbc;
    private final String deleteBatches = Resources.text("/sql/retention/delete_batches.sql");

    public PartitionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Keeps other webapps away until the caller's transaction ends; false where one is at it.
    boolean lock() {
        return jdbc.sql("select pg_try_advisory_xact_lock(" + RETENTION_LOCK + ")")
                .query(Boolean.class)
                .single();
    }

    /// Returns the months that have partitions, oldest first.
    List<Month> months() {
        return jdbc.sql("""
                select substring(child.relname from 'run_state_p(\\d{6})$') as month
                from pg_inherits i join pg_class child on child.oid = i.inhrelid
                where i.inhparent = 'run_state'::regclass and child.relname ~ 'run_state_p\\d{6}$'
                order by 1
                """)
                .query((row, _) -> Month.parse(row.getString("month")))
                .list();
    }

    /// Tells whether a month has a run or a batch that must stay, or something that a run still waits for.
    boolean isNeeded(Month month, Instant endedBefore) {
        return jdbc.sql("""
                        select exists (
                            select from run_state
                            where run_id >= first_run_id_at(:start) and run_id < first_run_id_at(:end)
                                and (completed_at is null or completed_at >= :before)
                        ) or exists (
                            select from waitpoint w join waitpoint_edge e on e.waitpoint_id = w.id
                            where w.id >= first_run_id_at(:start) and w.id < first_run_id_at(:end)
                                and w.status = 'PENDING' and not e.is_resolved
                        ) or exists (
                            select from batch
                            where id >= first_run_id_at(:start) and id < first_run_id_at(:end)
                                and (completed_at is null or completed_at >= :before))
                        """)
                .param("start", Rows.timestamp(month.start()))
                .param("end", Rows.timestamp(month.end()))
                .param("before", Rows.timestamp(endedBefore))
                .query(Boolean.class)
                .single();
    }

    /// Drops a month, within the caller's transaction; fails where a lock is not to be had in time.
    void drop(Month month, Duration patience) {
        jdbc.sql("set local lock_timeout = " + patience.toMillis()).update();
        for (String parent : PARENTS) {
            jdbc.sql("drop table if exists " + parent + month.suffix()).update();
        }
    }

    /// Finds runs that ended long ago in a month that is still needed, and locks them.
    List<RunId> findEnded(Month month, Instant endedBefore, int limit) {
        return jdbc.sql("""
                select run_id from run_state
                where run_id >= first_run_id_at(:start) and run_id < first_run_id_at(:end)
                    and completed_at < :before
                limit :limit
                for update skip locked
                """)
                .param("start", Rows.timestamp(month.start()))
                .param("end", Rows.timestamp(month.end()))
                .param("before", Rows.timestamp(endedBefore))
                .param("limit", limit)
                .query((row, _) -> new RunId(row.getObject("run_id", UUID.class)))
                .list();
    }

    /// Finds runs that ended long ago and whose id lies in no month, and locks them.
    List<RunId> findEndedOutside(Instant endedBefore, int limit) {
        return jdbc.sql("""
                select run_id from run_state_default where completed_at < ? limit ? for update skip locked
                """)
                .param(Rows.timestamp(endedBefore))
                .param(limit)
                .query((row, _) -> new RunId(row.getObject("run_id", UUID.class)))
                .list();
    }

    /// Deletes runs with all that was told of them; returns how many.
    int deleteRuns(Collection<RunId> runs) {
        UUID[] ids = runs.stream().map(RunId::value).toArray(UUID[]::new);
        for (String statement : List.of(
                "delete from run_transition where run_id = any(?)",
                "delete from run_result where run_id = any(?)",
                "delete from waitpoint_edge where run_id = any(?)",
                "delete from waitpoint where id = any(?) and kind = 'RUN'",
                "delete from run where id = any(?)",
                "delete from run_state where run_id = any(?)")) {
            jdbc.sql(statement).param(ids).update();
        }
        return ids.length;
    }

    /// Deletes batches that ended long ago in a month that is still needed: so many that their items come to the limit,
    /// but one at least. Returns how many items they had; a batch without any counts for one.
    int deleteBatches(Month month, Instant endedBefore, int limit) {
        return jdbc.sql(deleteBatches)
                .param("start", Rows.timestamp(month.start()))
                .param("end", Rows.timestamp(month.end()))
                .param("before", Rows.timestamp(endedBefore))
                .param("limit", limit)
                .query(Integer.class)
                .single();
    }
}
