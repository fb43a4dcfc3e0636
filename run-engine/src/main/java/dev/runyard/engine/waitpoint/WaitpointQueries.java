package dev.runyard.engine.waitpoint;

import dev.runyard.engine.read.RunQueries;
import dev.runyard.engine.read.TransitionView;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.id.WaitpointId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads waitpoints, and what they gave to runs.
public final class WaitpointQueries {
    private static final String COMPLETED_WAITS =
            "select e.batch_index, e.batch_id, " + WaitpointRows.COLUMNS + """
            from waitpoint_edge e
            join waitpoint w on w.id = e.waitpoint_id
            """ + WaitpointRows.RESULT + """
            where e.run_id = ? and e.wait_round = ? and e.is_resolved
            order by e.batch_index < 0, e.batch_index, w.id
            """;

    private final JdbcClient jdbc;
    private final RunQueries runs;

    public WaitpointQueries(JdbcClient jdbc, RunQueries runs) {
        this.jdbc = jdbc;
        this.runs = runs;
    }

    /// Finds a waitpoint of an environment.
    public Optional<Waitpoint> find(EnvironmentId environment, WaitpointId id) {
        return jdbc.sql("select " + WaitpointRows.COLUMNS + "from waitpoint w\n" + WaitpointRows.RESULT
                        + "where w.id = ? and w.environment_id = ?")
                .param(id.value())
                .param(environment.value())
                .query((row, _) -> WaitpointRows.map(row))
                .optional();
    }

    /// Finds a waitpoint of any environment; for callers that proved their right to it otherwise.
    public Optional<Waitpoint> findAny(WaitpointId id) {
        return jdbc.sql("select " + WaitpointRows.COLUMNS + "from waitpoint w\n" + WaitpointRows.RESULT
                        + "where w.id = ?")
                .param(id.value())
                .query((row, _) -> WaitpointRows.map(row))
                .optional();
    }

    /// Lists tokens of an environment, newest first.
    public WaitpointPage list(WaitpointFilter filter, WaitpointFilter.Page page) {
        WaitpointFilterSql where = new WaitpointFilterSql(filter, page);
        return WaitpointPage.of(
                page,
                jdbc.sql("select " + WaitpointRows.COLUMNS + "from waitpoint w\n" + WaitpointRows.RESULT + where.sql())
                        .params(where.params())
                        .query((row, _) -> WaitpointRows.map(row))
                        .list());
    }

    /// Lists the runs that a waitpoint of an environment keeps waiting, oldest first.
    public List<RunId> blockedRuns(EnvironmentId environment, WaitpointId id, int limit) {
        return jdbc.sql("""
                select distinct s.run_id
                from waitpoint_edge e
                join run_state s on s.run_id = e.run_id and s.wait_round = e.wait_round
                where e.waitpoint_id = ? and not e.is_resolved and s.environment_id = ?
                    and s.execution in ('EXECUTING_WITH_WAITPOINTS', 'SUSPENDED')
                order by s.run_id
                limit ?
                """)
                .param(id.value())
                .param(environment.value())
                .param(limit)
                .query((row, _) -> new RunId(row.getObject("run_id", UUID.class)))
                .list();
    }

    /// Lists what the given version of a run got from its newest wait, in the order of a batch; nothing while it waits,
    /// or stands in the queue with its process alive.
    public List<CompletedWait> completedWaits(RunState state) {
        boolean gets = switch (state.execution()) {
            case QUEUED, PENDING_EXECUTING, EXECUTING -> state.waitRound() > 0;
            case RUN_CREATED,
                    DELAYED,
                    QUEUED_EXECUTING,
                    EXECUTING_WITH_WAITPOINTS,
                    SUSPENDED,
                    PENDING_CANCEL,
                    FINISHED -> false;
        };
        return gets
                ? jdbc.sql(COMPLETED_WAITS)
                        .param(state.runId().value())
                        .param(state.waitRound())
                        .query((row, _) -> WaitpointRows.mapWait(row))
                        .list()
                : List.of();
    }

    /// A run's newest versions.
    ///
    /// @param transitions in ascending order
    /// @param newest the run at the last of them
    /// @param completedWaits what belongs to the last of them
    public record Snapshots(List<TransitionView> transitions, RunState newest, List<CompletedWait> completedWaits) {}

    /// Lists the versions of a run after a given one, at most the newest 50; empty where the run has no such version.
    public Optional<Snapshots> snapshotsSince(RunId run, SnapshotId snapshot) {
        return runs.state(run)
                .filter(state -> snapshot.version() >= 1 && snapshot.version() <= state.version())
                .map(state -> {
                    List<TransitionView> newer = runs.transitionsSince(run, snapshot).stream()
                            .filter(transition -> transition.version() <= state.version())
                            .toList();
                    return new Snapshots(newer, state, newer.isEmpty() ? List.of() : completedWaits(state));
                });
    }
}
