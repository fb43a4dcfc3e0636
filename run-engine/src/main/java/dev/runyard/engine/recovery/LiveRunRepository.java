package dev.runyard.engine.recovery;

import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads the runs that Redis must know of, page by page.
public final class LiveRunRepository {
    private final JdbcClient jdbc;
    private final RunStateRepository states;

    public LiveRunRepository(JdbcClient jdbc, RunStateRepository states) {
        this.jdbc = jdbc;
        this.states = states;
    }

    /// Where a page of waiting runs ended.
    ///
    /// @param workerQueue worker queue of its last run
    /// @param score that run's place
    /// @param runId that run
    record Place(String workerQueue, long score, UUID runId) {
        static final Place START = new Place("", Long.MIN_VALUE, new UUID(0, 0));

        static Place of(RunState state) {
            return new Place(state.workerQueue(), state.score(), state.runId().value());
        }
    }

    /// Reads the runs that wait for a worker behind a place.
    List<RunState> startable(Place after, Instant settledBefore, int limit) {
        return jdbc.sql("""
                select *
                from run_state
                where execution = 'QUEUED' and not_before is null and updated_at < :before
                    and (worker_queue, score, run_id) > (:worker_queue, :score, :run)
                order by worker_queue, score, run_id
                limit :limit
                """)
                .param("before", Rows.timestamp(settledBefore))
                .param("worker_queue", after.workerQueue())
                .param("score", after.score())
                .param("run", after.runId())
                .param("limit", limit)
                .query(states::map)
                .list();
    }

    /// Reads the runs that wait only for a slot, behind a run.
    List<RunState> resumable(RunId after, Instant settledBefore, int limit) {
        return leased("execution = 'QUEUED_EXECUTING' and not_before is null", after, settledBefore, limit);
    }

    /// Reads the runs that hold a slot, behind a run.
    List<RunState> holders(RunId after, Instant settledBefore, int limit) {
        return leased("slot_held", after, settledBefore, limit);
    }

    private List<RunState> leased(String condition, RunId after, Instant settledBefore, int limit) {
        return jdbc.sql("""
                select *
                from run_state
                where lease_until is not null and %s and updated_at < :before and run_id > :after
                order by run_id
                limit :limit
                """.formatted(condition))
                .param("before", Rows.timestamp(settledBefore))
                .param("after", after.value())
                .param("limit", limit)
                .query(states::map)
                .list();
    }
}
