package dev.runyard.engine.debounce;

import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.RunId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which run collects the triggers of a key.
public final class DebounceRepository {
    private final JdbcClient jdbc;
    private final RunStateRepository states;

    public DebounceRepository(JdbcClient jdbc, RunStateRepository states) {
        this.jdbc = jdbc;
        this.states = states;
    }

    /// A debounce key of a task.
    public record Key(UUID environmentId, String taskId, String key) {}

    /// Finds the run that a key leads to, which may have left its delay long ago.
    public Optional<RunState> find(Key key) {
        return jdbc.sql("""
                select s.*
                from debounce d join run_state s on s.run_id = d.run_id
                where d.environment_id = ? and d.task_id = ? and d.key = ?
                """)
                .param(key.environmentId())
                .param(key.taskId())
                .param(key.key())
                .query(states::map)
                .optional();
    }

    /// Locks a key within the caller's transaction, taking it for a run where it is free; returns what it leads to.
    public RunId lock(Key key, RunId run) {
        return new RunId(jdbc.sql("""
                insert into debounce as held (environment_id, task_id, key, run_id)
                values (:environment, :task, :key, :run)
                on conflict (environment_id, task_id, key) do update set run_id = held.run_id
                returning run_id
                """)
                .param("environment", key.environmentId())
                .param("task", key.taskId())
                .param("key", key.key())
                .param("run", run.value())
                .query(UUID.class)
                .single());
    }

    /// Makes a locked key lead to a run.
    public void point(Key key, RunId run) {
        jdbc.sql("""
                update debounce set run_id = :run
                where environment_id = :environment and task_id = :task and key = :key
                """)
                .param("environment", key.environmentId())
                .param("task", key.taskId())
                .param("key", key.key())
                .param("run", run.value())
                .update();
    }

    /// Removes keys whose runs no longer collect triggers; returns how many.
    ///
    /// The condition on the run is repeated in the delete: a key that was given a new run in between stays.
    public int removeSettled() {
        return jdbc.sql("""
                with settled as materialized (
                    select d.environment_id, d.task_id, d.key, d.run_id
                    from debounce d left join run_state s on s.run_id = d.run_id
                    where s.run_id is null or s.execution not in ('DELAYED', 'RUN_CREATED')
                )
                delete from debounce d
                using settled
                where d.environment_id = settled.environment_id and d.task_id = settled.task_id and d.key = settled.key
                    and d.run_id = settled.run_id
                """).update();
    }
}
