package dev.runyard.webapp.dashboard.page;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads the tasks of an environment and what their runs of a day did.
@Component
class TaskQueries {
    /// The version whose tasks are shown: the current one, else the newest that was registered.
    private static final String SHOWN_VERSION = """
            coalesce(
                (select background_worker_id from current_deployment where environment_id = :environment),
                (select id from background_worker where environment_id = :environment order by id desc limit 1))
            """;

    private static final String FAILURES =
            "'INTERRUPTED', 'COMPLETED_WITH_ERRORS', 'SYSTEM_FAILURE', 'CRASHED', 'EXPIRED', 'TIMED_OUT'";

    private final JdbcClient jdbc;

    TaskQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param definition the task as its build declared it, as JSON
    record Declared(String taskId, String version, String definition) {}

    /// Runs of a task that were triggered within one hour.
    ///
    /// @param hoursAgo 0 for the last 60 minutes
    /// @param newestRun the last one of them
    record Hour(String taskId, int hoursAgo, int total, int failed, RunId newestRun, String newestStatus) {}

    /// @param queued runs that wait for a worker
    /// @param running runs that hold a slot
    record Load(String taskId, int queued, int running) {}

    List<Declared> tasks(EnvironmentId environment) {
        return jdbc.sql("""
                select task.task_id, task.definition, worker.version
                from background_worker_task task
                join background_worker worker on worker.id = task.background_worker_id
                where task.background_worker_id = %s
                order by task.task_id
                """.formatted(SHOWN_VERSION))
                .param("environment", environment.value())
                .query((row, _) -> declared(row))
                .list();
    }

    List<Declared> tasksOf(EnvironmentId environment, UUID deployment) {
        return jdbc.sql("""
                select task.task_id, task.definition, worker.version
                from deployment
                join background_worker worker on worker.id = deployment.background_worker_id
                join background_worker_task task on task.background_worker_id = worker.id
                where deployment.id = :deployment and deployment.environment_id = :environment
                order by task.task_id
                """)
                .param("environment", environment.value())
                .param("deployment", deployment)
                .query((row, _) -> declared(row))
                .list();
    }

    boolean hasDeployment(EnvironmentId environment, UUID deployment) {
        return jdbc.sql("select exists (select from deployment where id = :id and environment_id = :environment)")
                .param("id", deployment)
                .param("environment", environment.value())
                .query(Boolean.class)
                .single();
    }

    /// Counts the runs of the last hours by task and hour. The time of a run is the beginning of its id.
    List<Hour> activity(EnvironmentId environment, Instant now, int hours) {
        return jdbc.sql("""
                with recent as (
                    select run.task_id, run.id, state.status,
                        (('x' || translate(left(run.id::text, 13), '-', ''))::bit(48)::bigint) as created_ms
                    from run
                    join run_state state on state.run_id = run.id
                    where run.environment_id = :environment
                        and run.id >= first_run_id_at(:from) and state.run_id >= first_run_id_at(:from)
                )
                select task_id,
                    greatest(0, (:now_ms - created_ms) / 3600000) as hours_ago,
                    count(*) as total,
                    count(*) filter (where status in (%s)) as failed,
                    max(id::text) as newest,
                    (array_agg(status order by id desc))[1] as newest_status
                from recent
                group by 1, 2
                """.formatted(FAILURES))
                .param("environment", environment.value())
                .param("from", now.minusSeconds(hours * 3_600L).atOffset(ZoneOffset.UTC))
                .param("now_ms", now.toEpochMilli())
                .query((row, _) -> hour(row))
                .list();
    }

    /// Counts runs that wait or run now, through the indexes of leases and of ready runs.
    List<Load> load(EnvironmentId environment) {
        return jdbc.sql("""
                with active as (
                    select task_id, 0 as queued, 1 as running from run_state
                    where environment_id = :environment and lease_until is not null
                    union all
                    select task_id, 1, 0 from run_state
                    where environment_id = :environment and execution = 'QUEUED' and not_before is null
                )
                select task_id, sum(queued) as queued, sum(running) as running from active group by task_id
                """)
                .param("environment", environment.value())
                .query((row, _) -> new Load(row.getString("task_id"), row.getInt("queued"), row.getInt("running")))
                .list();
    }

    private static Declared declared(ResultSet row) throws SQLException {
        return new Declared(row.getString("task_id"), row.getString("version"), row.getString("definition"));
    }

    private static Hour hour(ResultSet row) throws SQLException {
        return new Hour(
                row.getString("task_id"),
                row.getInt("hours_ago"),
                row.getInt("total"),
                row.getInt("failed"),
                new RunId(UUID.fromString(row.getString("newest"))),
                RunStatus.valueOf(row.getString("newest_status")).apiName());
    }
}
