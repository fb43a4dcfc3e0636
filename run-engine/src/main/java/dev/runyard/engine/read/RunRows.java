package dev.runyard.engine.read;

import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Rows;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Maps rows to read models.
public final class RunRows {
    private final RunStateRepository states;
    private final Json json;

    public RunRows(RunStateRepository states, Json json) {
        this.states = states;
        this.json = json;
    }

    RunView view(ResultSet row) throws SQLException {
        RunState state = states.map(row, 0);
        return new RunView(
                state.runId(),
                state.environmentId(),
                state.taskId(),
                state.version(),
                state.execution(),
                state.status(),
                state.statusReason(),
                state.attempt(),
                state.queue(),
                state.concurrencyKey(),
                state.workerVersionId(),
                state.machine(),
                state.maxAttempts(),
                state.maxDurationSeconds(),
                Rows.texts(row, "tags").stream().sorted().toList(),
                row.getString("idempotency_key"),
                state.ttlSeconds() == null ? null : Duration.ofSeconds(state.ttlSeconds()),
                row.getBoolean("is_test"),
                row.getInt("depth"),
                runId(row, "parent_run_id"),
                runId(row, "root_run_id"),
                batchId(row),
                row.getBoolean("is_waited_for"),
                row.getString("metadata"),
                state.worker(),
                TimeOrderedIds.instantOf(state.runId().value()),
                Rows.requiredInstant(row, "shown_change"),
                state.delayUntil(),
                state.notBefore(),
                state.startedAt(),
                state.completedAt(),
                state.usageMs());
    }

    RunDetail detail(ResultSet row, List<TransitionView> history) throws SQLException {
        return new RunDetail(
                view(row),
                row.getString("payload"),
                row.getString("payload_type"),
                row.getString("output"),
                row.getString("output_type"),
                json.readOrNull(row.getString("error"), TaskRunError.class),
                row.getLong("priority_ms"),
                row.getString("trace_parent"),
                runId(row, "replay_of"),
                row.getString("seed_metadata"),
                origin(row),
                history);
    }

    private RunOrigin origin(ResultSet row) throws SQLException {
        return new RunOrigin(
                row.getString("source"),
                row.getString("trigger_action"),
                row.getString("root_source"),
                row.getString("idempotency_scope"),
                json.readOrNull(row.getString("debounce"), Debounce.class),
                row.getString("external_deployment_id"));
    }

    TransitionView transition(ResultSet row) throws SQLException {
        return new TransitionView(
                row.getInt("version"),
                RunEvent.valueOf(row.getString("event")),
                ExecutionStatus.valueOf(row.getString("execution")),
                RunStatus.valueOf(row.getString("status")),
                row.getInt("attempt"),
                json.readOrNull(row.getString("detail"), TaskRunError.class),
                Rows.requiredInstant(row, "at"));
    }

    private static @Nullable BatchId batchId(ResultSet row) throws SQLException {
        UUID value = Rows.uuid(row, "batch_id");
        return value == null ? null : new BatchId(value);
    }

    private static @Nullable RunId runId(ResultSet row, String column) throws SQLException {
        UUID value = Rows.uuid(row, column);
        return value == null ? null : new RunId(value);
    }
}
