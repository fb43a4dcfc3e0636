package dev.runyard.engine.bulk;

import dev.runyard.engine.read.RunFilter;
import dev.runyard.engine.retention.OldRows;
import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Resources;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.BulkActionId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of bulk actions and of the runs that they are about; those of old actions are removed.
public final class BulkRepository implements OldRows {
    private static final int REPLAYS_LOCK = 0x42554c4b;
    /// Behind every id, whatever runs are named.
    private static final UUID LAST_ID = new UUID(-1, -1);

    private final JdbcClient jdbc;
    private final Json json;
    private final String claim = Resources.text("/sql/bulk/claim.sql");
    private final String plan = Resources.text("/sql/bulk/plan_page.sql");
    private final String record = Resources.text("/sql/bulk/record_result.sql");
    private final String complete = Resources.text("/sql/bulk/complete.sql");

    public BulkRepository(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Counts the replays of an environment that are under way, and lets nobody else add one until the transaction
    /// ends.
    int countReplays(EnvironmentId environment) {
        jdbc.sql("select pg_advisory_xact_lock(?, hashtext(?))")
                .param(REPLAYS_LOCK)
                .param(environment.body())
                .query((_, _) -> 1)
                .single();
        return jdbc.sql("""
                select count(*) from bulk_action
                where environment_id = ? and kind = 'REPLAY' and status = 'PENDING'
                """).param(environment.value()).query(Integer.class).single();
    }

    /// Adds an action. Runs that are triggered from now on are no part of it: a replay never meets its own runs.
    void insert(BulkActionId id, BulkCommand command, Instant now) {
        jdbc.sql("""
                insert into bulk_action (
                    id, environment_id, kind, name, filter, run_ids, total, status, created_at, due_at, newest_run)
                values (
                    :id, :environment, :kind, :name, :filter::jsonb, :runs, :total, 'PENDING', :now, :now,
                    coalesce((
                        select id from run where environment_id = :environment order by id desc limit 1), :none))
                """)
                .param("id", id.value())
                .param("environment", command.environmentId().value())
                .param("kind", command.kind().name())
                .param("name", command.name())
                .param("filter", json.writeOrNull(command.filter()))
                .param("runs", values(command.runIds()))
                .param(
                        "total",
                        command.filter() == null
                                ? (int) command.runIds().stream().distinct().count()
                                : null)
                .param("now", Rows.timestamp(now))
                .param("none", new UUID(0, 0))
                .update();
    }

    /// Takes the action whose turn it is in hand; nobody else does until the lease ends.
    Optional<BulkWork> claim(Instant now, Instant leaseUntil) {
        return jdbc.sql(claim)
                .param("now", Rows.timestamp(now))
                .param("lease", Rows.timestamp(leaseUntil))
                .query((row, _) -> {
                    UUID cursor = Rows.uuid(row, "cursor");
                    String filter = row.getString("filter");
                    UUID first = filter == null ? LAST_ID : successor(row.getObject("newest_run", UUID.class));
                    row.getInt("total");
                    boolean isCounted = !row.wasNull();
                    return new BulkWork(
                            new BulkActionId(row.getObject("id", UUID.class)),
                            new EnvironmentId(row.getObject("environment_id", UUID.class)),
                            BulkKind.valueOf(row.getString("kind")),
                            json.readOrNull(filter, RunFilter.class),
                            new RunId(cursor == null ? first : cursor),
                            isCounted);
                })
                .optional();
    }

    /// The first page begins with the newest run itself.
    private static UUID successor(UUID id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() + 1);
    }

    void writeTotal(BulkActionId id, int total) {
        jdbc.sql("update bulk_action set total = ? where id = ?")
                .param(total)
                .param(id.value())
                .update();
    }

    /// Finds runs that an action names, newest first.
    List<RunId> named(BulkWork work, int limit) {
        return jdbc.sql("""
                select distinct named.id
                from bulk_action, unnest(run_ids) as named (id)
                where bulk_action.id = ? and named.id < ?
                order by named.id desc
                limit ?
                """)
                .param(work.id().value())
                .param(work.cursor().value())
                .param(limit)
                .query((row, _) -> new RunId(row.getObject("id", UUID.class)))
                .list();
    }

    /// Writes down to which runs something will be done, before anything is.
    void plan(BulkWork work, List<RunId> page, Instant now) {
        jdbc.sql(plan)
                .param("bulk", work.id().value())
                .param("runs", values(page))
                .param("cursor", page.getLast().value())
                .param("now", Rows.timestamp(now))
                .update();
    }

    /// Finds what was planned and not done yet.
    List<BulkWork.Item> findPending(BulkWork work, int limit) {
        return jdbc.sql("""
                select run_id, planned_at
                from bulk_item
                where bulk_id = ? and outcome = 'PENDING'
                order by run_id desc
                limit ?
                """)
                .param(work.id().value())
                .param(limit)
                .query((row, _) -> new BulkWork.Item(
                        new RunId(row.getObject("run_id", UUID.class)), Rows.requiredInstant(row, "planned_at")))
                .list();
    }

    /// Writes what was done to a run; a second time changes nothing.
    ///
    /// @return whether the action goes on, nobody having aborted it
    boolean record(BulkWork work, RunId run, BulkWork.Result result, Instant leaseUntil) {
        return jdbc.sql(record)
                .param("bulk", work.id().value())
                .param("run", run.value())
                .param("outcome", result.kind().name())
                .param(
                        "new_run",
                        result.newRun() == null ? null : result.newRun().value())
                .param("failure", result.failure())
                .param("lease", Rows.timestamp(leaseUntil))
                .query(Boolean.class)
                .single();
    }

    /// Puts an action out of hand until its next page is due.
    void rest(BulkWork work, Instant due) {
        jdbc.sql("update bulk_action set lease_until = null, due_at = ? where id = ? and status = 'PENDING'")
                .param(Rows.timestamp(due))
                .param(work.id().value())
                .update();
    }

    void complete(BulkWork work, Instant now) {
        jdbc.sql(complete)
                .param("bulk", work.id().value())
                .param("now", Rows.timestamp(now))
                .update();
    }

    boolean abort(BulkActionId id, Instant now) {
        return jdbc.sql("""
                        update bulk_action set status = 'ABORTED', completed_at = ?, lease_until = null
                        where id = ? and status = 'PENDING'
                        """).param(Rows.timestamp(now)).param(id.value()).update() == 1;
    }

    @Override
    public String kind() {
        return "bulk-action";
    }

    /// The runs of an action leave first, so that an action of a million runs goes in many small steps.
    @Override
    public int removeSome(Instant endedBefore, int limit) {
        int items = jdbc.sql("""
                delete from bulk_item
                where (bulk_id, run_id) in (
                    select i.bulk_id, i.run_id
                    from bulk_action a join bulk_item i on i.bulk_id = a.id
                    where a.completed_at < :before
                    limit :limit)
                """)
                .param("before", Rows.timestamp(endedBefore))
                .param("limit", limit)
                .update();
        if (items == limit) {
            return items;
        }
        return items
                + jdbc.sql("""
                delete from bulk_action
                where id in (
                    select id from bulk_action a
                    where completed_at < :before and not exists (select from bulk_item i where i.bulk_id = a.id)
                    limit :limit)
                """)
                        .param("before", Rows.timestamp(endedBefore))
                        .param("limit", limit - items)
                        .update();
    }

    private static UUID[] values(Collection<RunId> runs) {
        return runs.stream().map(RunId::value).toArray(UUID[]::new);
    }
}
