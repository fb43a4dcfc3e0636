package dev.runyard.engine.queue;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Through which worker queue runs are reached.
public final class WorkerQueueRepository {
    private final JdbcClient jdbc;

    public WorkerQueueRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Brings the runs of an environment that no worker has to a worker queue.
    ///
    /// @return the worker queues in which they were
    public List<String> moveWaiting(EnvironmentId environment, String workerQueue) {
        return jdbc.sql("""
                with moved as (
                    select run_id, worker_queue as former
                    from run_state
                    where environment_id = :environment
                        and worker_queue <> :worker_queue
                        and execution in ('RUN_CREATED', 'DELAYED', 'QUEUED')
                    for update
                ), written as (
                    update run_state s set worker_queue = :worker_queue
                    from moved where s.run_id = moved.run_id
                )
                select distinct former from moved
                """)
                .param("environment", environment.value())
                .param("worker_queue", workerQueue)
                .query((row, _) -> row.getString("former"))
                .list();
    }

    /// Brings one run to a worker queue.
    public void move(RunId run, String workerQueue) {
        jdbc.sql("update run_state set worker_queue = ? where run_id = ?")
                .param(workerQueue)
                .param(run.value())
                .update();
    }
}
