package dev.runyard.engine.run;

import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads states. Writing them is the business of RunLifecycle and of the trigger statement.
public final class RunStateRepository {
    private final JdbcClient jdbc;
    private final Json json;

    public RunStateRepository(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public Optional<RunState> find(RunId runId) {
        return jdbc.sql("select * from run_state where run_id = ?")
                .param(runId.value())
                .query(this::map)
                .optional();
    }

    public List<RunState> findAll(Collection<RunId> runIds) {
        return jdbc.sql("select * from run_state where run_id = any(?)")
                .param(runIds.stream().map(RunId::value).toArray(UUID[]::new))
                .query(this::map)
                .list();
    }

    /// Reads a run and holds its row until the caller's transaction ends.
    public Optional<RunState> lock(RunId runId) {
        return jdbc.sql("select * from run_state where run_id = ? for update")
                .param(runId.value())
                .query(this::map)
                .optional();
    }

    /// Reads runs in the order of their ids and holds their rows until the caller's transaction ends.
    public List<RunState> lockAll(Collection<RunId> runIds) {
        return jdbc.sql("select * from run_state where run_id = any(?) order by run_id for update")
                .param(runIds.stream().map(RunId::value).toArray(UUID[]::new))
                .query(this::map)
                .list();
    }

    /// Finds runs whose worker missed its lease, oldest first.
    ///
    /// @param from only leases that ended at or after this
    /// @param now only leases that ended before this
    public List<RunState> findLapsed(Instant from, Instant now, int limit) {
        return jdbc.sql("""
                select * from run_state
                where lease_until >= ? and lease_until < ?
                order by lease_until
                limit ?
                """)
                .param(Rows.timestamp(from))
                .param(Rows.timestamp(now))
                .param(limit)
                .query(this::map)
                .list();
    }

    /// Renews the lease of a run that is still at the given version; no transition, the version stays.
    ///
    /// A lease that was renewed a moment ago is left alone, so that heartbeats cost a write only now and then.
    public boolean renewLease(RunId runId, int version, Instant until, Instant notLaterThan) {
        return jdbc.sql("""
                with renewed as (
                    update run_state set lease_until = :until
                    where run_id = :run and version = :version and lease_until < :threshold
                )
                select 1 from run_state
                where run_id = :run and version = :version and lease_until is not null
                """)
                .param("until", Rows.timestamp(until))
                .param("run", runId.value())
                .param("version", version)
                .param("threshold", Rows.timestamp(notLaterThan))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /// Maps a row of run_state; the row may carry further columns.
    public RunState map(ResultSet row, int rowNumber) throws SQLException {
        String machine = row.getString("machine");
        UUID version = row.getObject("worker_version_id", UUID.class);
        String retry = row.getString("retry");
        return new RunState(
                new RunId(row.getObject("run_id", UUID.class)),
                new EnvironmentId(row.getObject("environment_id", UUID.class)),
                row.getString("task_id"),
                row.getInt("version"),
                RunEvent.valueOf(row.getString("last_event")),
                ExecutionStatus.valueOf(row.getString("execution")),
                RunStatus.valueOf(row.getString("status")),
                row.getString("status_reason"),
                row.getString("queue"),
                row.getString("concurrency_key"),
                row.getString("worker_queue"),
                row.getLong("score"),
                Rows.instant(row, "not_before"),
                row.getBoolean("slot_held"),
                row.getInt("attempt"),
                row.getInt("dispatches"),
                version == null ? null : new WorkerVersionId(version),
                machine == null ? null : MachinePreset.parse(machine),
                Rows.integer(row, "max_attempts"),
                Rows.integer(row, "max_duration_seconds"),
                retry == null ? null : json.read(retry, RetryOptions.class),
                Rows.integer(row, "ttl_seconds"),
                row.getString("worker"),
                row.getString("runner"),
                Rows.instant(row, "lease_until"),
                Rows.instant(row, "delay_until"),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "attempt_started_at"),
                Rows.instant(row, "completed_at"),
                row.getLong("usage_ms"),
                Rows.requiredInstant(row, "updated_at"),
                row.getBoolean("awaited"),
                row.getInt("pending_waits"),
                row.getInt("wait_round"),
                Rows.instant(row, "waiting_since"),
                json.readOrNull(row.getString("checkpoint"), RunCheckpoint.class));
    }
}
