package dev.runyard.engine.waitpoint;

import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.RunId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which run waits for what.
public final class EdgeRepository {
    private final JdbcClient jdbc;

    public EdgeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A wait of a round that ended.
    ///
    /// @param isCarried whether it only brings an output, and the run waits for something else
    record Resolved(RunId run, int round, boolean isCarried) {}

    /// Lets a run wait for waitpoints that the caller holds; what it waits for already is left alone.
    ///
    /// @return how many of the new ones are not completed
    int insert(RunId run, int round, List<UUID> waitpoints) {
        return jdbc.sql("""
                with added as (
                    insert into waitpoint_edge (run_id, wait_round, waitpoint_id, is_resolved)
                    select :run, :round, id, status = 'COMPLETED'
                    from waitpoint
                    where id = any(:waitpoints)
                    on conflict do nothing
                    returning is_resolved
                )
                select count(*) from added where not is_resolved
                """)
                .param("run", run.value())
                .param("round", round)
                .param("waitpoints", waitpoints.toArray(UUID[]::new))
                .query(Integer.class)
                .single();
    }

    /// Adds the items of a batch to the waits of the run that waits for the batch. They bring outputs and their order;
    /// what the run waits for is the batch.
    ///
    /// @param runs runs whose waitpoints the caller holds
    /// @param indexes the place of each
    void carry(UUID batch, List<UUID> runs, List<Integer> indexes) {
        jdbc.sql("""
                insert into waitpoint_edge (
                    run_id, wait_round, waitpoint_id, batch_index, batch_id, is_carried, is_resolved)
                select e.run_id, e.wait_round, w.id, item.index, :batch, true, w.status = 'COMPLETED'
                from waitpoint_edge e
                cross join unnest(:runs::uuid[], :indexes::int[]) as item(run_id, index)
                join waitpoint w on w.id = item.run_id
                where e.waitpoint_id = :batch
                on conflict do nothing
                """)
                .param("batch", batch)
                .param("runs", runs.toArray(UUID[]::new))
                .param("indexes", indexes.toArray(Integer[]::new))
                .update();
    }

    /// Resolves edges of a completed waitpoint.
    ///
    /// @param limit most edges of this call
    List<Resolved> resolve(UUID waitpoint, int limit) {
        return jdbc.sql("""
                update waitpoint_edge e set is_resolved = true
                from (
                    select run_id, wait_round
                    from waitpoint_edge
                    where waitpoint_id = :waitpoint and not is_resolved
                    limit :limit
                ) next
                where e.waitpoint_id = :waitpoint and e.run_id = next.run_id and e.wait_round = next.wait_round
                    and not e.is_resolved
                returning e.run_id, e.wait_round, e.is_carried
                """)
                .param("waitpoint", waitpoint)
                .param("limit", limit)
                .query((row, _) -> new Resolved(
                        new RunId(row.getObject("run_id", UUID.class)),
                        row.getInt("wait_round"),
                        row.getBoolean("is_carried")))
                .list();
    }

    /// Sets for how many waitpoints a run still waits; no transition, the version stays.
    ///
    /// @return false where the state is not the newest
    boolean setPending(RunState state, int pending) {
        return jdbc.sql("""
                update run_state set pending_waits = :pending
                where run_id = :run and version = :version and pending_waits = :before
                """)
                        .param("pending", pending)
                        .param("run", state.runId().value())
                        .param("version", state.version())
                        .param("before", state.pendingWaits())
                        .update()
                == 1;
    }

    /// Finds waiting runs whose count is not that of their pending waitpoints, in the order of their ids.
    ///
    /// @param after where to begin, absent for the first
    List<RunId> findMiscounted(@Nullable RunId after, int limit) {
        return jdbc.sql("""
                select s.run_id
                from run_state s
                where s.execution in ('EXECUTING_WITH_WAITPOINTS', 'SUSPENDED')
                    and s.run_id > ?
                    and s.pending_waits <> (
                        select count(*)
                        from waitpoint_edge e join waitpoint w on w.id = e.waitpoint_id
                        where e.run_id = s.run_id and e.wait_round = s.wait_round and not e.is_carried
                            and w.status = 'PENDING')
                order by s.run_id
                limit ?
                """)
                .param(after == null ? new UUID(0, 0) : after.value())
                .param(limit)
                .query((row, _) -> new RunId(row.getObject("run_id", UUID.class)))
                .list();
    }

    /// Resolves what a run waits for and is completed; returns for how many waitpoints it still waits.
    int recount(RunState state) {
        jdbc.sql("""
                update waitpoint_edge e set is_resolved = true
                from waitpoint w
                where e.run_id = ? and e.wait_round = ? and not e.is_resolved
                    and w.id = e.waitpoint_id and w.status = 'COMPLETED'
                """).param(state.runId().value()).param(state.waitRound()).update();
        return jdbc.sql("""
                select count(*) from waitpoint_edge
                where run_id = ? and wait_round = ? and not is_resolved and not is_carried
                """)
                .param(state.runId().value())
                .param(state.waitRound())
                .query(Integer.class)
                .single();
    }
}
