package dev.runyard.engine.read;

import dev.runyard.engine.directory.RunLists;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads runs.
public final class RunQueries {
    private static final String RUN_COLUMNS = """
            select
                s.*, r.tags, r.idempotency_key, r.is_test, r.depth, r.parent_run_id, r.root_run_id, r.metadata,
                greatest(s.updated_at, r.changed_at) as shown_change, r.batch_id,
                coalesce((select b.is_awaited from batch b where b.id = r.batch_id), s.awaited) as is_waited_for
            """;
    private static final String RUN_TABLES = """
            from run r
            join run_state s on s.run_id = r.id
            """;
    private static final String DETAIL = RUN_COLUMNS + """
            , r.payload, r.payload_type, r.priority_ms, r.trace_parent, r.replay_of, f.output, f.output_type, f.error,
                case when r.metadata_version is null then r.metadata else r.seed_metadata end as seed_metadata,
                r.source, r.trigger_action, coalesce(r.root_source, r.source) as root_source, r.idempotency_scope,
                r.debounce, r.external_deployment_id
            """ + RUN_TABLES + """
            left join run_result f on f.run_id = r.id
            where r.id = ?
            """;
    /// Most steps that a worker is told of at once.
    private static final int MAX_SNAPSHOTS = 50;
    /// More than these nobody counts.
    private static final int MAX_COUNTED = 10_000_000;

    private final JdbcClient jdbc;
    private final RunStateRepository states;
    private final RunRows rows;
    private final RunLists lists;

    /// @param lists what the host knows of runs
    public RunQueries(JdbcClient jdbc, RunStateRepository states, RunRows rows, RunLists lists) {
        this.jdbc = jdbc;
        this.states = states;
        this.rows = rows;
        this.lists = lists;
    }

    /// A run with all that starting it needs.
    ///
    /// @param state its state
    /// @param detail its payload and parameters; without history
    public record Startable(RunState state, RunDetail detail) {}

    /// Reads what starting an attempt needs in one statement.
    public Optional<Startable> startable(RunId run) {
        return jdbc.sql(DETAIL)
                .param(run.value())
                .query((row, n) -> new Startable(states.map(row, n), rows.detail(row, List.of())))
                .optional();
    }

    /// Returns the newest state, for workers.
    public Optional<RunState> state(RunId run) {
        return states.find(run);
    }

    /// Finds a run of an environment.
    public Optional<RunView> find(EnvironmentId environment, RunId run) {
        return findAny(run).filter(view -> view.environmentId().equals(environment));
    }

    /// Finds a run of any environment; for callers that proved their right to it otherwise.
    public Optional<RunView> findAny(RunId run) {
        return jdbc.sql(RUN_COLUMNS + RUN_TABLES + "where r.id = ?")
                .param(run.value())
                .query((row, _) -> rows.view(row))
                .optional();
    }

    /// Finds a run of an environment with payload, result and history.
    public Optional<RunDetail> detail(EnvironmentId environment, RunId run) {
        List<TransitionView> history = transitions(run, 0, Integer.MAX_VALUE);
        return jdbc.sql(DETAIL)
                .param(run.value())
                .query((row, _) -> rows.detail(row, history))
                .optional()
                .filter(detail -> detail.view().environmentId().equals(environment));
    }

    /// Lists the runs that another one triggered, oldest first.
    public List<RunView> children(RunId run) {
        return jdbc.sql(RUN_COLUMNS + RUN_TABLES + "where r.parent_run_id = ? order by r.id limit 1000")
                .param(run.value())
                .query((row, _) -> rows.view(row))
                .list();
    }

    /// Lists runs of an environment, newest first.
    public RunPage list(RunFilter filter, RunFilter.Page page) {
        RunFilterSql where = new RunFilterSql(filter, page, lists);
        List<RunView> found = new ArrayList<>(jdbc.sql(RUN_COLUMNS + RUN_TABLES + where.sql())
                .params(where.params())
                .query((row, _) -> rows.view(row))
                .list());
        boolean more = found.size() > page.size();
        if (more) {
            found.removeLast();
        }
        boolean backwards = page.before() != null;
        if (backwards) {
            Collections.reverse(found);
        }
        boolean hasNext = !found.isEmpty() && (backwards || more);
        boolean hasPrevious = !found.isEmpty() && (backwards ? more : page.after() != null);
        return new RunPage(
                found,
                hasNext ? found.getLast().id() : null,
                hasPrevious ? found.getFirst().id() : null);
    }

    /// Lists the ids of runs of an environment, newest first; a page that goes backwards is not supported.
    public List<RunId> listIds(RunFilter filter, RunFilter.Page page) {
        RunFilterSql where = new RunFilterSql(filter, page, lists);
        return jdbc
                .sql("select r.id " + RUN_TABLES + where.sql())
                .params(where.params())
                .query((row, _) -> new RunId(row.getObject("id", UUID.class)))
                .list()
                .stream()
                .limit(page.size())
                .toList();
    }

    /// Counts runs of an environment.
    ///
    /// @param olderThan counts only runs before this one
    public int count(RunFilter filter, RunId olderThan) {
        RunFilterSql where = new RunFilterSql(filter, new RunFilter.Page(MAX_COUNTED, olderThan, null), lists);
        return jdbc.sql("select count(*) from (select 1 " + RUN_TABLES + where.sql() + ") found")
                .params(where.params())
                .query(Integer.class)
                .single();
    }

    /// Lists the steps of a run after a version, oldest first: at most the newest 50.
    public List<TransitionView> transitionsSince(RunId run, SnapshotId snapshot) {
        return transitions(run, snapshot.version(), MAX_SNAPSHOTS);
    }

    private List<TransitionView> transitions(RunId run, int after, int newest) {
        List<TransitionView> found = new ArrayList<>(jdbc.sql("""
                select version, event, execution, status, attempt, detail, at
                from run_transition
                where run_id = ? and version > ?
                order by version desc
                limit ?
                """)
                .param(run.value())
                .param(after)
                .param(newest)
                .query((row, _) -> rows.transition(row))
                .list());
        Collections.reverse(found);
        return found;
    }

    /// Returns what made a version of a run.
    public Optional<RunEvent> eventOf(RunId run, int version) {
        return jdbc.sql("select event from run_transition where run_id = ? and version = ?")
                .param(run.value())
                .param(version)
                .query(String.class)
                .optional()
                .map(RunEvent::valueOf);
    }
}
